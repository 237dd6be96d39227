package debug

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
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

// form asks with a list in which the reader moves. It redraws only itself and shrinks to the choice made, so that the
// transcript above it stays whole.
type form struct {
	streams  genericiooptions.IOStreams
	messages *message.Catalog
	color    bool
}

func (f *form) ask(ctx context.Context, choices []choice) (workflow.Answer, error) {
	asked := &question{choices: choices, answer: choices[0].answer, color: f.color}
	asked.form = f.build(asked)
	// Signals end the context; a handler of the program's own would only race with that.
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(f.streams.In), tea.WithOutput(f.streams.Out), tea.WithoutSignalHandler(),
	}
	_, err := tea.NewProgram(asked, options...).Run()
	asked.wipe(f.streams.Out)
	switch {
	case ctx.Err() != nil:
		return workflow.Answer{}, ctx.Err()
	case asked.form.State == huh.StateAborted:
		return workflow.Answer{}, interrupted{}
	}
	return asked.answer, err
}

// build makes the list.
func (f *form) build(asked *question) *huh.Form {
	options := make([]huh.Option[workflow.Answer], 0, len(asked.choices))
	for _, choice := range asked.choices {
		options = append(options, huh.NewOption(choice.label, choice.answer))
	}
	keys := huh.NewDefaultKeyMap()
	keys.Select.Filter.SetEnabled(false) // Its words are English, and the list is short.
	list := huh.NewSelect[workflow.Answer]().
		Title(f.messages.Text("debug.ask.title")).
		Description(f.messages.Text("debug.ask.keys")).
		Options(options...).
		Value(&asked.answer)
	built := huh.NewForm(huh.NewGroup(list)).WithKeyMap(keys).WithShowHelp(false).WithTheme(huh.ThemeFunc(f.theme))
	built.SubmitCmd, built.CancelCmd = tea.Quit, tea.Quit
	return built
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
	// Between the choice and the end of the form the list is blurred, and a frame may fall there: it must be as high.
	styles.Blurred = styles.Focused
	return styles
}

// question is a form as a program of its own. huh's own Run ends with an empty view, for which the renderer wipes only
// the last line (bubbletea v2.0.2: a view that shrinks is redrawn too low). So the last view is as high as the form was.
type question struct {
	form    *huh.Form
	choices []choice
	answer  workflow.Answer
	color   bool
	// height is how many lines the form takes.
	height int
}

var _ tea.Model = (*question)(nil)

// Init starts the form.
func (q *question) Init() tea.Cmd { return q.form.Init() }

// Update passes a message on to the form, which changes in place.
func (q *question) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := q.form.Update(msg)
	return q, cmd
}

// View shows the form, and in the end what stays of it: the choice below a blank line, or nothing.
func (q *question) View() tea.View {
	if q.form.State == huh.StateNormal {
		view := q.form.View()
		q.height = lipgloss.Height(view)
		return tea.NewView(view)
	}
	first := ""
	if q.form.State == huh.StateCompleted {
		first = "\n" + q.chosen()
	}
	return tea.NewView(first + strings.Repeat("\n", q.height-lipgloss.Height(first)))
}

// wipe takes the form off the screen but for the choice made. The program leaves the cursor on the form's last line.
func (q *question) wipe(out io.Writer) {
	kept := 0
	if q.form.State == huh.StateCompleted {
		kept = 2
	}
	if up := q.height - 1 - kept; up > 0 {
		fmt.Fprintf(out, "\x1b[%dA\r\x1b[J", up)
	}
}

// chosen is the choice made, as the list showed it.
func (q *question) chosen() string {
	at := slices.IndexFunc(q.choices, func(c choice) bool { return c.answer == q.answer })
	if at < 0 {
		return ""
	}
	line := "❯ " + q.choices[at].label
	if !q.color {
		return line
	}
	return lipgloss.NewStyle().Faint(true).Render(line)
}
