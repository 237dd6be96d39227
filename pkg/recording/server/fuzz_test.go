package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// FuzzLog: whatever a recorded log holds and however it is asked for, what comes are parts of its lines, in their order.
func FuzzLog(f *testing.F) {
	f.Add("2026-11-26T09:58:00.5Z one\n2026-11-26T09:59:30Z two\n", "tailLines=1&timestamps=true")
	f.Add("no time\n2026-11-26T09:59:30Z two", "sinceSeconds=40&limitBytes=3")
	f.Add("\n\n", "sinceTime=2026-11-26T09:59:00Z&tailLines=-1&follow=true")
	s := &server{recording: &recording.Recording{Header: recording.Header{TakenAt: time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)}}}
	f.Fuzz(func(t *testing.T, text, query string) {
		asked, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		answer := httptest.NewRecorder()
		s.sendLog(answer, recording.LogTail{Text: text, Cut: true}, asked)
		if answer.Code != http.StatusOK {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
		rest := text
		for line := range strings.Lines(answer.Body.String()) {
			_, after, found := strings.Cut(rest, line)
			if !found {
				t.Fatalf("%q is no line of %q", line, text)
			}
			rest = after
		}
	})
}
