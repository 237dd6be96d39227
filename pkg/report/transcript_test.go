package report

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// hostile moves the cursor and writes over what stands there.
const hostile = "a\x1b[2J\x1b]0;title\x07\u009b1Ab"

// full is a step with a hostile text in every field.
func full() Step {
	return Step{
		Number: 1, Total: 2, Title: hostile, Purpose: hostile, Commands: []Command{{Note: hostile, Command: shellword.New("kubectl get %s", hostile)}},
		Output: []string{hostile}, LeftOut: hostile, Skipped: hostile, Failure: hostile, Meaning: []string{hostile},
	}
}

func newTestTranscript(t *testing.T, out io.Writer, terminal Terminal) *Transcript {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	return NewTranscript(out, messages, terminal)
}

func writeAll(transcript *Transcript) {
	transcript.Opening(hostile, hostile, hostile)
	transcript.Step(full())
	transcript.Say(hostile)
	transcript.Closing(hostile, []Ending{{Number: 1, Title: hostile, Status: "debug.status.done", Good: true}}, []string{hostile})
	transcript.Entry(hostile, hostile, hostile, []string{hostile})
}

func TestTranscriptNeutralisesEverything(t *testing.T) {
	out := &bytes.Buffer{}
	writeAll(newTestTranscript(t, out, Terminal{Width: 80}))
	if at := strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && r < 0x20 || r >= 0x7f && r < 0xa0 }); at >= 0 {
		t.Errorf("a control character reached the output: %q", out.String()[at:])
	}
	if got := strings.Count(out.String(), "^[[2J"); got != 19 || !strings.Contains(out.String(), "no command is shown") {
		t.Errorf("%d of the 19 texts are there, and the command is none:\n%s", got, out)
	}
}

func TestTranscriptKeepsToTheWidth(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for _, width := range []int{1, 40, 80, 200} {
		out := &bytes.Buffer{}
		transcript := newTestTranscript(t, out, Terminal{Width: width})
		transcript.Opening(long[:20], long, long)
		transcript.Step(Step{Number: 1, Total: 1, Title: "t", Purpose: long, Output: []string{long}, Failure: long, Meaning: []string{long}})
		limit := max(width, leastWidth)
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			if widthOf(line) > limit {
				t.Errorf("width %d: a line of %d columns: %q", width, widthOf(line), line)
			}
			if line != strings.TrimRight(line, " ") {
				t.Errorf("width %d: spaces at the end of %q", width, line)
			}
		}
	}
}

// fails is a file on a full disk.
type fails struct{ writes int }

func (f *fails) Write([]byte) (int, error) { f.writes++; return 0, errors.New("no space") }

func TestTranscriptStopsAtTheFirstError(t *testing.T) {
	out := &fails{}
	transcript := newTestTranscript(t, out, Terminal{Width: 80})
	writeAll(transcript)
	if err := transcript.Err(); err == nil || out.writes != 1 {
		t.Errorf("error %v after %d writes", err, out.writes)
	}
}
