package cluster

import (
	"strings"
	"testing"
	"time"
)

// FuzzParseLog: whatever a server sends for a log, no line is lost, and no text is made up.
func FuzzParseLog(f *testing.F) {
	f.Add("2026-03-14T15:09:26.123456789Z ready\n")
	f.Add("2026-03-14T15:09:26Z\n\n no time\r\n2026-03-14T15:09:26+01:00  two blanks")
	f.Fuzz(func(t *testing.T, body string) {
		log := parseLog(body)
		lines := strings.Count(body, "\n")
		if body != "" && !strings.HasSuffix(body, "\n") {
			lines++
		}
		if len(log.Lines) != lines {
			t.Errorf("%d lines of %d", len(log.Lines), lines)
		}
		rest := body
		for _, line := range log.Lines {
			whole, after, _ := strings.Cut(rest, "\n")
			rest = after
			stamp, isCut := strings.CutSuffix(strings.TrimRight(whole, "\r"), line.Text)
			if _, err := time.Parse(time.RFC3339Nano, strings.TrimSuffix(stamp, " ")); !isCut || stamp != "" && err != nil || line.At.IsZero() != (stamp == "") {
				t.Errorf("%q is read as %v %q", whole, line.At, line.Text)
			}
		}
	})
}
