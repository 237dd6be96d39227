package action

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestLogsThatBreakOff: the lines that came are shown, and that there may be more is said; half a line is shown, too.
func TestLogsThatBreakOff(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "one\ntw")
	}))
	sink := &recorder{t: t}
	read, err := client.Logs(t.Context(), &LogQuery{}, streams("app"), sink)
	if err != nil || read != 0 {
		t.Errorf("%d were read to their end: %v", read, err)
	}
	if got := strings.Join(sink.lines, ""); got != "app: one\napp: tw" {
		t.Errorf("shown: %q", got)
	}
	if len(sink.failures) != 1 || !strings.Contains(sink.failures[0], `could be read in part only (the answer broke off before its end)`) {
		t.Errorf("said: %q", sink.failures)
	}
}
