package prompt

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

func TestQuestionIsAnswered(t *testing.T) {
	tests := map[string]struct {
		keys       []string
		want       string
		wantIntent intent
		unanswered bool
	}{
		"Enter takes the recommended choice": {keys: []string{"enter"}, want: "0"},
		"a letter":                           {keys: []string{"b"}, want: "b1"},
		"the digit of one without a letter":  {keys: []string{"1"}, want: "0"},
		"moving":                             {keys: []string{"down", "down", "enter"}, want: "r2"},
		"moving stops at the ends":           {keys: []string{"up", "up", "enter"}, want: "0"},
		"the last":                           {keys: []string{"end", "enter"}, want: "q6"},
		"a jump":                             {keys: []string{"j", "2"}, want: "j5"},
		"a jump with Enter":                  {keys: []string{"j", "enter"}, want: "j4"},
		"a jump thought better of":           {keys: []string{"j", "esc", "enter"}, want: "0"},
		"the pager":                          {keys: []string{"v"}, wantIntent: viewing},
		"a note":                             {keys: []string{"n"}, wantIntent: noting},
		"an explanation":                     {keys: []string{"?"}, wantIntent: explaining},
		"a key that means nothing":           {keys: []string{"x"}, unanswered: true},
		"copying goes on":                    {keys: []string{"c"}, unanswered: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			q := &question{asked: whole(t, message.English), messages: catalog(t, message.English), copier: func(string) tea.Cmd { return nil }}
			_, done := press(q, test.keys...)
			if done == test.unanswered || q.intent != test.wantIntent || q.chosen.choice != test.want {
				t.Errorf("done %v, intent %v, %q; want %v, %q", done, q.intent, q.chosen.choice, test.wantIntent, test.want)
			}
		})
	}
}

// A question that has no commands, output, topics or notes does not react to their keys.
func TestKeysOfWhatIsNotThere(t *testing.T) {
	q := &question{asked: &Question{Choices: []Choice{{ID: "on", Label: "Go on"}}}, messages: catalog(t, message.English)}
	if _, done := press(q, "c", "v", "n", "?", "j", "q"); done || q.told != "" {
		t.Errorf("done %v, told %q", done, q.told)
	}
}

func TestEachCopyIsOfTheNextLine(t *testing.T) {
	var copied []string
	asked := &Question{Choices: []Choice{{ID: "on"}}, Commands: []string{"kubectl get pods", "kubectl logs x\n\x1b]0;evil\a"}}
	q := &question{asked: asked, messages: catalog(t, message.English), copier: func(text string) tea.Cmd {
		copied = append(copied, text)
		return nil
	}}
	press(q, "c", "c", "c")
	want := []string{"kubectl get pods", "kubectl logs x ^[]0;evil<U+0007>", "kubectl get pods"}
	if diff := cmp.Diff(want, copied); diff != "" {
		t.Errorf("copied (-want +got):\n%s", diff)
	}
}

func TestClipboardSequence(t *testing.T) {
	plain := "\x1b]52;c;aGk=\a" // "hi"
	tests := map[string]struct {
		env  map[string]string
		want string
	}{
		"a terminal": {want: plain},
		"tmux":       {env: map[string]string{"TMUX": "/tmp/x", "TERM": "screen-256color"}, want: plain + "\x1bPtmux;\x1b" + plain + "\x1b\\"},
		"screen":     {env: map[string]string{"TERM": "screen.xterm"}, want: "\x1bP" + plain + "\x1b\\"},
	}
	for name, test := range tests {
		if got := clipboardSequence("hi", func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestLeaf(t *testing.T) {
	text := strings.Repeat("a line\n", 50) + strings.Repeat("宽", 45)
	l := &leaf{text: text, messages: catalog(t, message.English), size: size{80, 11}}
	tests := []struct {
		key  string
		want int
	}{{"down", 1}, {"space", 11}, {"pgup", 1}, {"G", 42}, {"down", 42}, {"g", 0}, {"up", 0}}
	for _, test := range tests {
		key, known := keys[test.key]
		if !known {
			key = tea.Key{Code: []rune(test.key)[0], Text: test.key}
		}
		if test.key == "space" {
			key = tea.Key{Code: tea.KeySpace, Text: " "}
		}
		l.Update(tea.KeyPressMsg(key))
		if l.top != test.want {
			t.Errorf("after %s the first line is %d, want %d", test.key, l.top, test.want)
		}
	}
	if lines := strings.Split(l.View().Content, "\n"); len(lines) != 11 || !slices.Contains(lines, "a line") {
		t.Errorf("%d lines on a screen of 11:\n%s", len(lines), strings.Join(lines, "\n"))
	}
}
