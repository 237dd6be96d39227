package prompt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
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

// The keys of a question work as letters, too, and what they show stays above the next question.
func TestLettersOnLines(t *testing.T) {
	asked := *whole(t, message.English)
	var noted []string
	asked.Note = func(_ context.Context, text string) error { noted = append(noted, text); return nil }
	in, out := strings.NewReader("c\nv\n?\n?\nn\nseen 503\nn\n\nx\nR\n"), &bytes.Buffer{}
	l := &lines{in: in, out: out, messages: catalog(t, message.English), terminal: report.Terminal{Width: 80}}
	got, err := l.Ask(context.Background(), asked)
	if err != nil || got != "r2" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, want := range []string{
		"  1  Go on: step 3, What does the app write?\n", "  2  Back to step 1 (b)\n", "c copy · v output · n note · ? explain\n",
		": kubectl logs crash-7c9f-x2x1z --previous -n shop\nkubectl describe pod", "line 2^[[2J\n",
		"Log: what a container writes to its output", "Exit code: how a process ended", "Please type a number",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("there are escape sequences in plain lines")
	}
	if diff := cmp.Diff([]string{"seen 503"}, noted); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestPickOnLines(t *testing.T) {
	tests := map[string]struct{ typed, want string }{
		"Enter takes the worst pod":  {"\n", "shop/checkout-6d5f8b7c9d-x2x1z"},
		"0 takes all":                {"0\n", "shop/"},
		"a filter and a number":      {"image\n1\n", "shop/catalogue-with-quite-a-long-name-for-a-deployment-7c9f6d5b4-abcde"},
		"a number that is not there": {"77\n2\n", "shop/catalogue-with-quite-a-long-name-for-a-deployment-7c9f6d5b4-abcde"},
		"owners":                     {"owners\n1\n", "shop/deployment/checkout"},
		"and back":                   {"owners\npods\n3\n", "shop/front-5b8c7d9f6-k4k4k"},
		"another namespace":          {"ns\nns default\n\n", "default/checkout-6d5f8b7c9d-x2x1z"},
		"all namespaces":             {"ns -A\n0\n", "/"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out := &bytes.Buffer{}
			l := &lines{in: strings.NewReader(test.typed), out: out, messages: catalog(t, message.English)}
			got, err := l.Pick(context.Background(), shop(l.messages, 30))
			if err != nil || got != test.want {
				t.Errorf("got %q, %v; want %q:\n%s", got, err, test.want, out)
			}
			if strings.Contains(out.String(), "\x1b") {
				t.Error("there are escape sequences in plain lines")
			}
		})
	}
}

// A namespace that may not be read is told, and the one before is shown again.
func TestPickOnLinesWithoutRights(t *testing.T) {
	out := &bytes.Buffer{}
	l := &lines{in: strings.NewReader("ns vault\n\n"), out: out, messages: catalog(t, message.English)}
	got, err := l.Pick(context.Background(), shop(l.messages, 3))
	if err != nil || got != "shop/checkout-6d5f8b7c9d-x2x1z" || !strings.Contains(out.String(), "not allowed to list pods") {
		t.Errorf("got %q, %v:\n%s", got, err, out)
	}
}
