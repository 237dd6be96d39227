package debug

import (
	"context"
	"errors"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// interrupted ends a run that the reader has broken off with Ctrl-C, which a form sees as a key. Its exit code is that of
// a process ended by SIGINT; there is nothing to say about it.
type interrupted struct{}

func (interrupted) Error() string { return "interrupted" }

// ExitStatus is the exit code of the process.
func (interrupted) ExitStatus() int { return 130 }

// form asks with a list in which the reader moves. It redraws only itself and is gone once answered, so that the
// transcript above it stays whole.
type form struct {
	streams  genericiooptions.IOStreams
	messages *message.Catalog
	color    bool
}

func (f *form) ask(ctx context.Context, choices []choice) (workflow.Answer, error) {
	answer := choices[0].answer
	options := make([]huh.Option[workflow.Answer], 0, len(choices))
	for _, choice := range choices {
		options = append(options, huh.NewOption(choice.label, choice.answer))
	}
	keys := huh.NewDefaultKeyMap()
	keys.Select.Filter.SetEnabled(false) // Its words are English, and the list is short.
	list := huh.NewSelect[workflow.Answer]().
		Title(f.messages.Text("debug.ask.title")).
		Description(f.messages.Text("debug.ask.keys")).
		Options(options...).
		Value(&answer)
	err := huh.NewForm(huh.NewGroup(list)).
		WithKeyMap(keys).WithShowHelp(false).WithTheme(huh.ThemeFunc(f.theme)).
		WithInput(f.streams.In).WithOutput(f.streams.Out).
		RunWithContext(ctx)
	switch {
	case ctx.Err() != nil:
		return answer, ctx.Err()
	case errors.Is(err, huh.ErrUserAborted):
		return answer, interrupted{}
	}
	return answer, err
}

// theme uses the terminal's own colours, like the transcript.
func (f *form) theme(dark bool) *huh.Styles {
	styles := huh.ThemeBase(dark)
	plain := lipgloss.NewStyle()
	styles.Focused.Base = plain.PaddingTop(1)
	styles.Focused.SelectSelector = plain.SetString("❯ ")
	styles.Focused.Title = plain.Bold(true)
	if f.color {
		styles.Focused.Title = plain.Bold(true).Foreground(lipgloss.Cyan)
		styles.Focused.Description = plain.Faint(true)
		styles.Focused.SelectSelector = plain.Foreground(lipgloss.Cyan).SetString("❯ ")
		styles.Focused.SelectedOption = plain.Bold(true)
	}
	return styles
}
