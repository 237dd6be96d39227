package debug

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func threeChoices() []choice {
	return []choice{
		{answer: workflow.Answer{Verb: workflow.Onward, ID: "describe"}, label: "Go on"},
		{answer: workflow.Answer{Verb: workflow.Again, ID: "get"}, label: "Again"},
		{answer: workflow.Answer{Verb: workflow.Quit}, label: "Finish"},
	}
}

func TestLines(t *testing.T) {
	tests := map[string]struct {
		typed     string
		want      workflow.Verb
		wantLeft  string
		wantAsked int
	}{
		"Enter takes the first":           {typed: "\n", want: workflow.Onward, wantAsked: 1},
		"a number":                        {typed: "2\n", want: workflow.Again, wantAsked: 1},
		"spaces do not matter":            {typed: " 3 \r\n", want: workflow.Quit, wantAsked: 1},
		"nonsense is asked again":         {typed: "x\n0\n4\n2\n", want: workflow.Again, wantAsked: 4},
		"the end of the input":            {typed: "", want: workflow.Quit, wantAsked: 1},
		"what follows is left for others": {typed: "1\nls\n", want: workflow.Onward, wantLeft: "ls\n", wantAsked: 1},
	}
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in, out := strings.NewReader(test.typed), &bytes.Buffer{}
			got, err := (&lines{in: in, out: out, messages: messages}).ask(context.Background(), threeChoices())
			if err != nil || got.Verb != test.want {
				t.Errorf("got %v, %v; want %s", got, err, test.want)
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
	if _, err := (&lines{in: in, out: io.Discard, messages: messages}).ask(ctx, threeChoices()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
