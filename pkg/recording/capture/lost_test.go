package capture

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

// capture captures from a source, and returns what came of it.
func capture(t *testing.T, source Source) (*recording.Recording, *Summary) {
	t.Helper()
	var file bytes.Buffer
	writer, err := recording.NewWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	c := &Capture{
		Source: source, Selections: in("shop", "web"), LogLines: 200, LogBytes: 1 << 20,
		Redactor: redact.New([]byte("salt"), nil), Header: recording.Header{TakenAt: taken, Namespace: "shop"},
	}
	summary, err := c.Run(t.Context(), writer)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, file.Bytes()), summary
}

// TestLostLogs: a log that breaks off is recorded as one that did, without its last half line, and the summary tells of it
// and of what failed. That there is no log is no failure.
func TestLostLogs(t *testing.T) {
	w := shop(t)
	current := recording.LogKey{Namespace: "shop", Pod: "web", UID: "u1", Container: "app"}
	w.must(w.writer.Log(current, recording.LogTail{Text: "2026-11-22T19:39:03Z one\n2026-11-22T19:39:04Z pass", Broken: "unexpected EOF"}))
	previous := current
	previous.Previous = true
	w.must(w.writer.Log(previous, recording.LogTail{Failure: &metav1.Status{Status: metav1.StatusFailure, Code: 500, Reason: metav1.StatusReasonInternalError, Message: "no disk"}}))
	r, summary := capture(t, w.serve())
	tail, found := r.Log(current)
	if !found || tail.Text != "2026-11-22T19:39:03Z one\n" || tail.Broken != "the answer broke off before its end" {
		t.Errorf("the log that broke off: %v %+v", found, tail)
	}
	want := []Loss{
		{Namespace: "shop", Logs: 1, Cut: true, Cause: "the answer broke off before its end"},
		{Namespace: "shop", Logs: 1, Code: 500, Cause: "no disk"},
	}
	if diff := cmp.Diff(want, summary.Lost); diff != "" {
		t.Errorf("lost (-want +got):\n%s", diff)
	}
}

// paged serves pods in two pages, of which it refuses the second.
type paged struct {
	Source
	remaining string
}

func (p paged) Open(ctx context.Context, path string, query url.Values, accept string) (io.ReadCloser, error) {
	if !strings.HasSuffix(path, "/namespaces/shop/pods") {
		return p.Source.Open(ctx, path, query, accept)
	}
	if query.Get("continue") != "" {
		return nil, apierrors.NewForbidden(schema.GroupResource{Resource: "pods"}, "", errors.New("no longer"))
	}
	text := `{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"more"` + p.remaining + `},"items":[` +
		`{"metadata":{"name":"web","namespace":"shop","uid":"u1"}},{"metadata":{"name":"b","namespace":"shop","uid":"u2"}}]}`
	return io.NopCloser(strings.NewReader(text)), nil
}

// TestPartOfAList: the summary says how many objects came before the server refused the rest, and of how many.
func TestPartOfAList(t *testing.T) {
	for remaining, want := range map[string]string{`,"remainingItemCount":1200`: "2 of 1202 were read", "": "2 were read"} {
		r, summary := capture(t, paged{shop(t).serve(), remaining})
		if pods := r.Objects(schema.GroupVersionResource{Version: "v1", Resource: "pods"}); len(pods) != 2 {
			t.Errorf("%d pods", len(pods))
		}
		said := ""
		for _, refused := range summary.Refused {
			if refused.Request.Resource == "pods" {
				said += refused.Status.Message
			}
		}
		if !strings.Contains(said, want) {
			t.Errorf("%q: %q, want it to say %q", remaining, said, want)
		}
	}
}
