package recording_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

func TestRoundTrip(t *testing.T) {
	r, err := recording.Read(t.Context(), bytes.NewReader(shop(t)), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	wanted := header
	wanted.FormatVersion = recording.FormatVersion
	if diff := cmp.Diff(wanted, r.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]recording.Resource{podsOf, deploysOf}, r.Resources); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	var names []string
	for _, pod := range r.Objects(pods) {
		names = append(names, pod.Namespace+"/"+pod.Name)
	}
	if got := strings.Join(names, " "); got != "shop-2/a shop/web-0 shop/web-1" {
		t.Errorf("the order of objects is not that of an API server's lists: %s", got)
	}
	web, found := r.Object(pods, "shop", "web-0")
	if want := `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","namespace":"shop","uid":"u-web-0"},"spec":{"a":"<&>","z":1}}`; !found || string(web.Raw) != want || web.UID != "u-web-0" {
		t.Errorf("object: %v %s", found, web.Raw)
	}
	if _, found := r.Object(pods, "", "web-0"); found {
		t.Error("an object was found outside of its namespace")
	}
	if status, found := r.Refusal(secretsGet); !found || status.Message != forbidden.Message {
		t.Errorf("refusal: %v %v", found, status)
	}
	if tail, found := r.Log(webLog); !found || !tail.Cut || tail.Text != "2026-11-26T09:59:59Z hello\n" {
		t.Errorf("log: %v %+v", found, tail)
	}
	keys := r.LogKeys()
	if len(keys) != 2 || keys[0].Previous || !keys[1].Previous {
		t.Fatalf("logs: %v", keys)
	}
	if tail, _ := r.Log(keys[1]); tail.Failure == nil || tail.Failure.Message != forbidden.Message {
		t.Errorf("the refusal of a log: %+v", tail)
	}
	if answer, found := r.Answer(health); !found || string(answer.Body) != "ok" {
		t.Errorf("answer: %v %+v", found, answer)
	}
	if diff := cmp.Diff([]recording.Listing{{Version: "v1", Resource: "pods", Namespace: "shop"}}, r.Listings()); diff != "" {
		t.Errorf("listings (-want +got):\n%s", diff)
	}
}

func TestSameCallsSameBytes(t *testing.T) {
	if !bytes.Equal(shop(t), shop(t)) {
		t.Error("the same calls made other bytes")
	}
}

// TestTakenUpAgain: a resource that came before goes on, and the later of two objects of one name counts.
func TestTakenUpAgain(t *testing.T) {
	r, err := recording.Read(t.Context(), bytes.NewReader(write(t,
		func(w *recording.Writer) error { return w.Resource(podsOf) },
		func(w *recording.Writer) error { return w.Object([]byte(object("shop", "a", `,"data":"older"`))) },
		func(w *recording.Writer) error { return w.Object([]byte(object("shop", "b", ""))) },
		func(w *recording.Writer) error { return w.Resource(deploysOf) },
		func(w *recording.Writer) error { return w.Resource(podsOf) },
		func(w *recording.Writer) error { return w.Object([]byte(object("shop", "a", `,"data":"newer"`))) },
		end,
	)), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	newer, found := r.Object(pods, "shop", "a")
	if !found || !bytes.Contains(newer.Raw, []byte("newer")) || len(r.Objects(pods)) != 2 || len(r.Resources) != 2 {
		t.Errorf("%v, %s, %d pods, %d resources", found, newer.Raw, len(r.Objects(pods)), len(r.Resources))
	}
}

// TestMany: more objects than one member holds, and one that is larger than a member.
func TestMany(t *testing.T) {
	steps := []func(*recording.Writer) error{func(w *recording.Writer) error { return w.Resource(podsOf) }}
	for i := range 1201 {
		more := ""
		if i == 600 {
			more = fmt.Sprintf(`,"data":%q`, strings.Repeat("x", 5<<20))
		}
		steps = append(steps, func(w *recording.Writer) error {
			return w.Object([]byte(object("shop", fmt.Sprintf("p-%04d", i), more)))
		})
	}
	r, err := recording.Read(t.Context(), bytes.NewReader(write(t, append(steps, end)...)), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if got := len(r.Objects(pods)); got != 1201 {
		t.Errorf("%d objects", got)
	}
}

func TestWriterRefuses(t *testing.T) {
	for name, step := range map[string]func(*recording.Writer) error{
		"an object of no resource": func(w *recording.Writer) error { return w.Object([]byte(object("a", "b", ""))) },
		"a resource that leaves":   func(w *recording.Writer) error { return w.Resource(recording.Resource{Version: "..", Name: "pods"}) },
		"a resource with a slash": func(w *recording.Writer) error {
			return w.Resource(recording.Resource{Version: "v1", Name: "pods/log"})
		},
		"a log that leaves": func(w *recording.Writer) error {
			return w.Log(recording.LogKey{Namespace: "..", Pod: "a", UID: "b", Container: "c"}, recording.LogTail{})
		},
		"a log of no pod in particular": func(w *recording.Writer) error {
			return w.Log(recording.LogKey{Namespace: "a", Pod: "a", Container: "c"}, recording.LogTail{})
		},
		"an object without a name": func(w *recording.Writer) error {
			if err := w.Resource(podsOf); err != nil {
				t.Error(err)
				return nil
			}
			return w.Object([]byte(`{"metadata":{}}`))
		},
	} {
		w, err := recording.NewWriter(&bytes.Buffer{})
		if err != nil {
			t.Fatal(err)
		}
		if step(w) == nil {
			t.Errorf("%s was written", name)
		}
	}
}
