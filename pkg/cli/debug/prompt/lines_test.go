package prompt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

func threeChoices() Question {
	return Question{Choices: []Choice{{ID: "onward", Label: "Go on"}, {ID: "again", Label: "Again"}, {ID: "quit", Label: "Finish"}}}
}

func TestLines(t *testing.T) {
	tests := map[string]struct {
		typed     string
		want      string
		wantErr   error
		wantLeft  string
		wantAsked int
	}{
		"Enter takes the first":           {typed: "\n", want: "onward", wantAsked: 1},
		"a number":                        {typed: "2\n", want: "again", wantAsked: 1},
		"spaces do not matter":            {typed: " 3 \r\n", want: "quit", wantAsked: 1},
		"nonsense is asked again":         {typed: "x\n0\n4\n2\n", want: "again", wantAsked: 4},
		"the end of the input":            {typed: "", wantErr: io.EOF, wantAsked: 1},
		"what follows is left for others": {typed: "1\nls\n", want: "onward", wantLeft: "ls\n", wantAsked: 1},
	}
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in, out := strings.NewReader(test.typed), &bytes.Buffer{}
			got, err := (&lines{in: in, out: out, messages: messages}).Ask(context.Background(), threeChoices())
			if !errors.Is(err, test.wantErr) || got != test.want {
				t.Errorf("got %v, %v; want %q", got, err, test.want)
			}
			if asked := strings.Count(out.String(), messages.Text("debug.ask.number")); asked != test.wantAsked {
				t.Errorf("asked %d times, want %d:\n%s", asked, test.wantAsked, out)
			}
			if left, err := io.ReadAll(in); err != nil || string(left) != test.wantLeft {
				t.Errorf("left %q, %v; want %q", left, err, test.wantLeft)
			}
		})
	}
}

func TestLinesAreInterrupted(t *testing.T) {
	messages, err := message.NewCatalog(message.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	in, _ := io.Pipe() // Nobody ever types.
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (&lines{in: in, out: io.Discard, messages: messages}).Ask(ctx, threeChoices()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
