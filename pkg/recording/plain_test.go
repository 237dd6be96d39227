package recording_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// summary tells what a recording tells of: RESOURCE NAMESPACE/NAME..., * for a list that is complete.
func summary(r *recording.Recording) []string {
	complete := map[schema.GroupVersionResource]bool{}
	for _, listing := range r.Listings() {
		complete[schema.GroupVersionResource{Group: listing.Group, Version: listing.Version, Resource: listing.Resource}] = true
	}
	var lines []string
	for i := range r.Resources {
		gvr := r.Resources[i].GVR()
		line := gvr.GroupVersion().String() + " " + gvr.Resource
		if r.Header.FormatVersion == 0 && !complete[gvr] && len(r.Objects(gvr)) == 0 {
			continue // It only is known to be a kind.
		}
		if complete[gvr] {
			line += " *"
		}
		for _, object := range r.Objects(gvr) {
			line += " " + object.Namespace + "/" + object.Name
		}
		lines = append(lines, line)
	}
	return lines
}

func TestReadPlain(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
		home string
	}{
		"a list of several kinds": {
			`{kind: List, apiVersion: v1, items: [{kind: Pod, apiVersion: v1, metadata: {name: a, namespace: shop}}, {kind: Deployment, apiVersion: apps/v1, metadata: {name: d, namespace: shop}}]}`,
			[]string{"v1 pods * shop/a", "apps/v1 deployments * shop/d"},
			"shop",
		},
		"a list of one kind, whose items do not repeat it": {
			`{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"b","namespace":"y"}},{"metadata":{"name":"a","namespace":"x"}}]}`,
			[]string{"v1 pods * x/a y/b"},
			"",
		},
		"an empty list": {`{"kind":"PodList","apiVersion":"v1","items":null}`, []string{"v1 pods *"}, ""},
		"one pod":       {"kind: Pod\napiVersion: v1\nmetadata: {name: a, namespace: shop}\n", []string{"v1 pods * shop/a"}, "shop"},
		"one node":      {"kind: Node\napiVersion: v1\nmetadata: {name: node1}\n", []string{"v1 nodes /node1"}, ""},
		"several documents": {
			"---\nkind: Node\napiVersion: v1\nmetadata: {name: node1}\n---\n# nothing\n---\nkind: Pod\napiVersion: v1\nmetadata: {name: a, namespace: shop}\n",
			[]string{"v1 nodes /node1", "v1 pods * shop/a"},
			"shop",
		},
		"a kind of somebody's own": {
			`{"kind":"WidgetList","apiVersion":"example.com/v1","items":[{"kind":"Widget","apiVersion":"example.com/v1","metadata":{"name":"w","namespace":"shop"}}]}`,
			[]string{"example.com/v1 widgets * shop/w"},
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			at := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
			r, err := recording.ReadPlain(t.Context(), strings.NewReader(c.text), at, recording.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, summary(r)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if r.Header.Namespace != c.home || !r.Header.TakenAt.Equal(at) {
				t.Errorf("header: %+v", r.Header)
			}
		})
	}
}

// TestPlainSecret: who keeps a Secret's data in a file does not get it shown.
func TestPlainSecret(t *testing.T) {
	text := `{kind: Secret, apiVersion: v1, metadata: {name: s, namespace: shop, annotations: {last: aHVudGVyMg==}}, data: {password: aHVudGVyMg==}, stringData: {p: hunter2}}`
	r, err := recording.ReadPlain(t.Context(), strings.NewReader(text), time.Time{}, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	secret, found := r.Object(schema.GroupVersionResource{Version: "v1", Resource: "secrets"}, "shop", "s")
	if want := `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"shop"}}`; !found || string(secret.Raw) != want {
		t.Errorf("%v %s", found, secret.Raw)
	}
}

func TestPlainRefused(t *testing.T) {
	small := recording.DefaultLimits()
	small.Compressed, small.Objects = 2000, 3
	item := `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}},`
	for name, c := range map[string]struct{ text, want string }{
		"empty":       {"", "recording.foreign"},
		"no items":    {`{"apiVersion":"v1","kind":"List","items":[]}`, "recording.empty"},
		"prose":       {"hello, world", "recording.foreign"},
		"other YAML":  {"a: 1", "recording.foreign"},
		"a list":      {"[1, 2]", "recording.foreign"},
		"broken":      {`{"kind":`, "recording.foreign"},
		"nameless":    {`{"kind":"Pod","apiVersion":"v1","metadata":{}}`, "recording.damaged"},
		"too large":   {`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"` + strings.Repeat("a", 2000) + `"}}`, "recording.limit"},
		"too many":    {`{"kind":"List","apiVersion":"v1","items":[` + strings.TrimSuffix(strings.Repeat(item, 4), ",") + `]}`, "recording.limit"},
		"too deep":    {`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"x":` + strings.Repeat("[", 250) + strings.Repeat("]", 250) + `}`, "recording.damaged"},
		"bad version": {`{"kind":"Pod","apiVersion":"a/b/c","metadata":{"name":"a"}}`, "recording.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := recording.ReadPlain(t.Context(), strings.NewReader(c.text), time.Time{}, small)
			if err == nil || sentence(t, err) != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"taped":                       string(shop(t)),
		"plain":                       `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"shop"}}`,
		"dump/nodes.json":             `{"kind":"NodeList","apiVersion":"v1","items":[{"metadata":{"name":"n"}}]}`,
		"dump/shop/pods.json":         `{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"web-0","namespace":"shop","uid":"u"}}]}`,
		"dump/shop/events.json":       `{"kind":"EventList","apiVersion":"v1","items":[]}`,
		"dump/shop/web-0/logs.txt":    "==== START logs for container app of pod shop/web-0 ====\none\ntwo\n==== END logs for container app of pod shop/web-0 ====\n==== START logs for container side of pod shop/web-0 ====\nRequest log error: container is waiting\n==== END logs for container side of pod shop/web-0 ====\n",
		"dump/shop/web-0/other.txt":   "x",
		"dump/shop/a/b/c/d/pods.json": "x",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// A link out of the directory is not followed.
	if err := os.Symlink(filepath.Join(dir, "plain"), filepath.Join(dir, "dump", "linked.json")); err != nil {
		t.Skip(err)
	}
	for name, want := range map[string][]string{
		"taped": {"v1 pods * shop-2/a shop/web-0 shop/web-1", "apps/v1 deployments"},
		"plain": {"v1 pods * shop/a"},
		"dump":  {"v1 events *", "v1 nodes * /n", "v1 pods * shop/web-0"},
	} {
		r, err := recording.Open(t.Context(), input.Files{}, filepath.Join(dir, name), recording.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, summary(r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if name != "dump" {
			continue
		}
		log, _ := r.Log(recording.LogKey{Namespace: "shop", Pod: "web-0", UID: "u", Container: "app"})
		side, _ := r.Log(recording.LogKey{Namespace: "shop", Pod: "web-0", UID: "u", Container: "side"})
		if log.Text != "one\ntwo\n" || side.Failure == nil || side.Failure.Message != "Request log error: container is waiting" {
			t.Errorf("logs: %+v %+v", log, side)
		}
	}
	if _, err := recording.Open(t.Context(), input.Files{}, filepath.Join(dir, "nowhere"), recording.DefaultLimits()); err == nil || sentence(t, err) != "recording.open" {
		t.Errorf("nowhere: %v", err)
	}
}

// FuzzPlain: whatever the text, ReadPlain ends with a recording or with a sentence.
func FuzzPlain(f *testing.F) {
	f.Add("kind: List\napiVersion: v1\nitems: [{kind: Pod, apiVersion: v1, metadata: {name: a}}]")
	f.Add(`{"kind":"PodList","apiVersion":"v1","items":[{}]}`)
	f.Add("a: &a [*a]")
	f.Add("kind: Pod\napiVersion: v1\nmetadata: {name: a}\nx: &x [a, a]\ny: &y [*x, *x]\nz: [*y, *y]")
	f.Add("apiVersion: v1\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata: {name: a}\nkind: List\n--- # next\nitems:\n  -\n   x")
	f.Add(`{"items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}],"kind":"List","apiVersion":"v1"} {"kind":1}` + "\n---\na: b")
	f.Add(`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"$(x)","generateName":"a-"},"items":7}`)
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := recording.ReadPlain(t.Context(), strings.NewReader(text), time.Time{}, recording.DefaultLimits()); err != nil {
			sentence(t, err)
		}
	})
}

// TestBuiltInKinds: a file of pods does not tell of Deployments, but that there are such things every server has. Of what the
// file has in an older version, that version is the one that is served.
func TestBuiltInKinds(t *testing.T) {
	r, err := recording.ReadPlain(t.Context(), strings.NewReader(
		`{"kind":"List","apiVersion":"v1","items":[{"kind":"HorizontalPodAutoscaler","apiVersion":"autoscaling/v1","metadata":{"name":"web","namespace":"shop"}}]}`,
	), time.Time{}, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]string{}
	for i := range r.Resources {
		at := &r.Resources[i]
		if other := described[at.Name]; other != "" {
			t.Errorf("%s is there twice: %s and %s", at.Name, other, at.GVR().GroupVersion())
		}
		described[at.Name] = at.GVR().GroupVersion().String()
		if told := at.Name == "horizontalpodautoscalers"; told != (len(at.Categories) > 0) {
			t.Errorf("%s is of the categories %v, and told of: %v", at.Name, at.Categories, told)
		}
	}
	for name, want := range map[string]string{"pods": "v1", "deployments": "apps/v1", "nodes": "v1", "horizontalpodautoscalers": "autoscaling/v1", "widgets": ""} {
		if described[name] != want {
			t.Errorf("%s is served as %q, want %q", name, described[name], want)
		}
	}
}
