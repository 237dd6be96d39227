package capture

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"k8s.io/apimachinery/pkg/version"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

// crowd is a server with very many pods, which it makes as they are read.
type crowd struct {
	pods int
	// peak is the largest heap that was seen while a page was read.
	peak atomic.Uint64
}

func (c *crowd) Version(context.Context) (version.Info, error) { return version.Info{}, nil }

func (c *crowd) Resources(context.Context) ([]recording.Resource, error) {
	return []recording.Resource{resource("", "pods", "Pod", true)}, nil
}

func (c *crowd) Ask(context.Context, string, string) (*http.Response, error) { return nil, io.EOF }

func (c *crowd) Open(_ context.Context, path string, query url.Values, _ string) (io.ReadCloser, error) {
	c.look()
	if strings.HasSuffix(path, "/log") {
		return io.NopCloser(strings.NewReader("2026-11-22T19:39:03Z a line\n")), nil
	}
	if strings.Contains(path, "/kube-system/") {
		return io.NopCloser(strings.NewReader(`{"items":[]}`)), nil
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil {
		return nil, err
	}
	from, _ := strconv.Atoi(query.Get("continue"))
	to := min(from+limit, c.pods)
	next := ""
	if to < c.pods {
		next = strconv.Itoa(to)
	}
	out, in := io.Pipe()
	go func() {
		fmt.Fprintf(in, `{"kind":"PodList","apiVersion":"v1","metadata":{"continue":%q},"items":[`, next)
		for i := from; i < to; i++ {
			if i > from {
				fmt.Fprint(in, ",")
			}
			fmt.Fprintf(in, onePod, i, i/50, strings.Repeat(`{"type":"Ready","status":"True","message":"some words of a condition"},`, 40))
		}
		fmt.Fprint(in, `]}`)
		in.Close()
	}()
	return out, nil
}

// Write is where the recording goes; the second pass writes it.
func (c *crowd) Write(p []byte) (int, error) {
	c.look()
	return len(p), nil
}

func (c *crowd) look() {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	c.peak.Store(max(c.peak.Load(), stats.HeapInuse))
}

const onePod = `{"metadata":{"name":"pod-%[1]d","namespace":"shop","uid":"u%[1]d","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"rs","uid":"rs-%[2]d","controller":true}]},
"spec":{"containers":[{"name":"app","image":"app","env":[{"name":"TOKEN","value":"AbCdEf%[1]d0123456789"}]}]},
"status":{"phase":"Running","conditions":[%[3]s{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"app","ready":true,"restartCount":0,"image":"app","imageID":""}]}}`

// Memory does not grow with the cluster: 10,000 pods, 40 MB of JSON, take a fraction of that.
func TestMemoryIsBounded(t *testing.T) {
	peak := func(pods int) uint64 {
		runtime.GC()
		source := &crowd{pods: pods}
		writer, err := recording.NewWriter(source)
		if err != nil {
			t.Fatal(err)
		}
		scratch, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer scratch.Close()
		c := &Capture{
			Source: source, Selections: in("shop"), LogLines: 200, LogBytes: 1 << 20, Redactor: redact.New([]byte("salt"), nil), Scratch: scratch,
		}
		summary, err := c.Run(t.Context(), writer)
		if err != nil {
			t.Fatal(err)
		}
		if summary.Targets != pods || summary.Logs != pods/50*fewAlike {
			t.Errorf("%d pods, %d logs", summary.Targets, summary.Logs)
		}
		return source.peak.Load() >> 20
	}
	few, many := peak(1000), peak(10000)
	t.Logf("heap in use at most: %d MiB for 1,000 pods, %d MiB for 10,000", few, many)
	if many > 160 {
		t.Errorf("10,000 pods take %d MiB", many)
	}
}
