package prompt

import (
	"context"
	"errors"
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Every panel, as it looks on a small screen and on a large one, in both languages, with colours and without.
func TestFrames(t *testing.T) {
	for _, language := range message.Languages() {
		for _, color := range []bool{false, true} {
			messages := catalog(t, language)
			inks := newInks(report.Terminal{Color: color})
			asked := func(keys ...string) panel {
				q := &question{asked: whole(t, language), messages: messages, inks: inks, copier: func(string) tea.Cmd { return nil }}
				press(q, keys...)
				return q
			}
			picked := func(keys ...string) panel {
				p := opened(t, language, func(m *message.Catalog) Picker { return shop(m, 40) }, color)
				press(p, keys...)
				return p
			}
			unread := newPick(t.Context(), shop(messages, 1), messages, inks)
			unread.load()
			unnamed := opened(t, language, func(m *message.Catalog) Picker {
				asked := shop(m, 1)
				asked.Namespaces = func(context.Context) ([]string, error) {
					return nil, message.Errorf(errors.New("no"), "error.forbidden", message.Args{"Verb": "list", "Resource": "namespaces", "Namespace": "", "Cause": "no"})
				}
				return asked
			}, color)
			press(unnamed, "ctrl+n", "d", "e", "v")
			typing := newText(messages.Text("prompt.note"), messages.Text("prompt.note-placeholder"), messages, inks)
			typing.init()
			typed := newText(messages.Text("prompt.note"), "", messages, inks)
			typed.init()
			press(typed, "看", "到", " ", "5", "0", "3")
			panels := map[string]panel{
				"question": asked(), "question-copied": asked("c", "c"), "question-jump": asked("j", "down"),
				"pick": picked(), "pick-end": picked("end"), "pick-owners": picked("tab"), "pick-filter": picked("i", "m", "a", "g", "e"),
				"pick-no-match": picked("z", "z"), "pick-namespaces": picked("ctrl+n"), "pick-forbidden": picked("ctrl+n", "v", "enter"),
				"pick-reading": unread, "pick-denied": unnamed, "text": typing, "text-typed": typed,
			}
			for name, panel := range panels {
				for screen, size := range screens {
					file := fmt.Sprintf("%s.%s.%s.txt", name, language, screen)
					if color {
						file = fmt.Sprintf("%s.%s.%s.color.txt", name, language, screen)
					}
					golden.Equal(t, file, frameOf(t, panel, size))
				}
			}
		}
	}
}

// However small the window, a panel fits into it and does not fail.
func TestSmallWindows(t *testing.T) {
	for _, language := range message.Languages() {
		messages := catalog(t, language)
		for _, screen := range []size{{20, 10}, {40, 12}, {10, 8}, {79, 9}} {
			q := &question{asked: whole(t, language), messages: messages, inks: newInks(report.Terminal{Color: true}), copier: func(string) tea.Cmd { return nil }}
			p := opened(t, language, func(m *message.Catalog) Picker { return shop(m, 40) }, true)
			typing := newText(messages.Text("prompt.note"), messages.Text("prompt.note-placeholder"), messages, newInks(report.Terminal{Color: true}))
			typing.init()
			for _, panel := range []panel{q, p, typing} {
				p.lines = 0
				frameOf(t, panel, screen)
				press(panel, "end")
				frameOf(t, panel, screen)
			}
		}
	}
}

// The keys that a question names fit on a screen of 80 columns, all of them.
func TestKeyLinesAreWhole(t *testing.T) {
	for _, language := range message.Languages() {
		messages := catalog(t, language)
		q := &question{asked: whole(t, language), messages: messages}
		p := opened(t, language, func(m *message.Catalog) Picker { return shop(m, 1) }, false)
		for name, both := range map[string][2]string{"question": {q.keys(80), q.keys(1000)}, "pick": {p.keys(80), p.keys(1000)}} {
			if both[0] != both[1] {
				t.Errorf("%s: %s names not all keys at 80 columns: %s", language, name, both[1])
			}
		}
	}
}
