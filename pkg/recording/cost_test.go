package recording_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// endless repeats a text.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		copied := copy(p[n:], e.text[e.at:])
		n, e.at = n+copied, (e.at+copied)%len(e.text)
	}
	return n, nil
}

// begun is what begins with a text and goes on with another for ever.
func begun(text, again string) io.Reader {
	return io.MultiReader(strings.NewReader(text), &endless{text: again})
}

// costly are plain files that a decoder makes far more of than they are, or that never end.
func costly() map[string]io.Reader {
	const pod = "kind: Pod\napiVersion: v1\nmetadata: {name: a, namespace: b}\n"
	long := strings.Repeat("x", 100_000) // So that fewer are enough.
	laughs := pod + "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 9; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), i-1)
	}
	return map[string]io.Reader{
		"aliases of a long text":  strings.NewReader(pod + fmt.Sprintf("x: &a %q\ny: [%s*a]\n", strings.Repeat("a", 60_000), strings.Repeat("*a,", 60_000))),
		"aliases of aliases":      strings.NewReader(laughs),
		"values of YAML":          begun(pod+"x: [1", ",1"),
		"lines of YAML":           begun(pod, "y: 1\n"),
		"a line of YAML":          begun(pod+"x: ", "y"),
		"documents of YAML":       begun("", pod+"x: "+long+"\n---\n"),
		"items of YAML":           begun("apiVersion: v1\nitems:\n", "- kind: Pod\n  apiVersion: v1\n  metadata: {name: a, namespace: b}\n  x: "+long+"\n"),
		"an item of YAML":         begun("apiVersion: v1\nitems:\n- kind: Pod\n", "  # nothing\n"),
		"values of JSON":          begun(`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"x":[1`, `,{"a":1}`),
		"a text of JSON":          begun(`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"x":"`, `aaaa`),
		"members of JSON":         begun(`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}`, `,"a":1`),
		"items of JSON":           begun(`{"kind":"List","apiVersion":"v1","items":[{}`, `,{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"x":"`+long+`"}`),
		"documents of JSON":       begun("", `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"x":"`+long+`"}`),
		"space before any JSON":   begun("", " \n"),
		"containers of many Pods": begun(`{"kind":"List","apiVersion":"v1","items":[{}`, `,{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"containers":[{"name":"a"}`+strings.Repeat(`,{"name":"b"}`, 10_000)+`]}}`),
	}
}

// TestCost: no file takes more memory than it may, whatever it is made of, and each that would is refused in a sentence.
func TestCost(t *testing.T) {
	for name, text := range costly() {
		t.Run(name, func(t *testing.T) {
			limits := recording.DefaultLimits()
			limits.Memory /= 8 // So that it is reached sooner.
			_, err := recording.ReadPlain(t.Context(), text, time.Time{}, limits)
			if err == nil {
				t.Fatal("it was read")
			}
			if id := sentence(t, err); id != "recording.limit" && id != "recording.damaged" && id != "recording.foreign" {
				t.Errorf("%v", err)
			}
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			if used := stats.Sys - stats.HeapReleased; used > 512<<20 {
				t.Errorf("%d MiB are in use", used>>20)
			}
		})
	}
}

// TestCostOfMembers: archives of a few KB that come to many GB.
func TestCostOfMembers(t *testing.T) {
	pods := file{name: "resources/0001.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod"}`}
	long := strings.Repeat("a", 48<<20)
	values := `{"metadata":{"name":"a"},"x":[1` + strings.Repeat(",1", 4<<20) + "]}"
	for name, again := range map[string]file{
		"logs":     {body: long},
		"values":   {name: "objects/core/v1/pods/%04d.jsonl", body: values},
		"refusals": {name: "refusals/%04d.jsonl", body: strings.Repeat("{}\n", 100_000)},
		"pods":     {name: "objects/core/v1/pods/%04d.jsonl", body: strings.Repeat(`{"metadata":{"name":"a"}}`+"\n", 100_000)},
	} {
		t.Run(name, func(t *testing.T) {
			files := []file{markFile, pods}
			for i := range 20 {
				each := again
				if each.name = fmt.Sprintf(again.name, i); again.name == "" {
					each.name = fmt.Sprintf("logs/a/b/c/d%d.log", i)
				}
				files = append(files, each)
			}
			_, err := recording.Read(t.Context(), bytes.NewReader(pack(t, append(files, headerFile)...)), recording.DefaultLimits())
			if err == nil || sentence(t, err) != "recording.limit" {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestLargeLists: a list that is far larger than one document may be is read item by item, and as if it were small.
func TestLargeLists(t *testing.T) {
	const many = 12_000
	item := func(i int) string {
		return fmt.Sprintf("- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p-%05d\n    namespace: shop\n    annotations:\n      text: |\n        - not an item\n\n        items:\n  spec:\n    containers:\n    - name: app\n      args:\n      - a\n", i)
	}
	for name, shape := range map[string]struct{ indent, before, after string }{
		"as kubectl prints it": {"", "apiVersion: v1\n", "kind: List\nmetadata:\n  resourceVersion: \"\"\n"},
		"indented":             {"  ", "kind: List\napiVersion: v1\n", "metadata: {}\n---\n# done\n"},
	} {
		var text strings.Builder
		text.WriteString(shape.before + "items:\n")
		for i := range many {
			for line := range strings.Lines(item(i)) {
				text.WriteString(shape.indent + line)
			}
		}
		text.WriteString(shape.after)
		r, err := recording.ReadPlain(t.Context(), strings.NewReader(text.String()), time.Time{}, recording.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := len(r.Objects(pods)); got != many {
			t.Errorf("%s: %d pods", name, got)
		}
		last, _ := r.Object(pods, "shop", "p-11999")
		want := `{"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{"text":"- not an item\n\nitems:\n"},"name":"p-11999","namespace":"shop"},"spec":{"containers":[{"args":["a"],"name":"app"}]}}`
		if string(last.Raw) != want {
			t.Errorf("%s: %s", name, last.Raw)
		}
	}
}

// cancelling ends its context when it is read for the second time, and goes on as if nothing were.
type cancelling struct {
	io.Reader
	cancel context.CancelFunc
	reads  int
}

func (c *cancelling) Read(p []byte) (int, error) {
	if c.reads++; c.reads == 2 {
		c.cancel()
	}
	return c.Reader.Read(p)
}

// TestInterrupted: an end of the context ends a reading that would go on, as what it is and not as damage.
func TestInterrupted(t *testing.T) {
	for name, text := range map[string]io.Reader{
		"YAML": begun("", "# nothing\n"), "JSON": begun(`{"kind":"List","apiVersion":"v1","items":[{}`, `,{}`),
	} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := recording.ReadPlain(ctx, &cancelling{Reader: text, cancel: cancel}, time.Time{}, recording.DefaultLimits())
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := recording.Read(ctx, bytes.NewReader(shop(t)), recording.DefaultLimits()); !errors.Is(err, context.Canceled) {
		t.Errorf("an archive: %v", err)
	}
}
