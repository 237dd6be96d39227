package prompt

import (
	"cmp"
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
)

// form asks with a list in which the reader moves. It redraws only itself and shrinks to the choice made, so that the
// transcript above it stays whole.
type form struct {
	streams  genericiooptions.IOStreams
	messages *message.Catalog
	color    bool
}

var _ Asker = (*form)(nil)

// Ask shows the choices as a list.
func (f *form) Ask(ctx context.Context, q Question) (string, error) {
	return f.ask(ctx, cmp.Or(q.Title, f.messages.Text("debug.ask.title")), q.Choices)
}

// Pick shows the items as a list.
func (f *form) Pick(ctx context.Context, picker Picker) (string, error) {
	return f.ask(ctx, picker.Title, picker.Items)
}

// Text asks for a line.
func (f *form) Text(ctx context.Context, title, placeholder string) (string, error) {
	typed := ""
	input := huh.NewInput().Title(title).Placeholder(placeholder).Value(&typed)
	asked := &question{color: f.color, form: huh.NewForm(huh.NewGroup(input)).WithShowHelp(false).WithTheme(huh.ThemeFunc(f.theme))}
	asked.form.SubmitCmd, asked.form.CancelCmd = tea.Quit, tea.Quit
	err := f.run(ctx, asked)
	return typed, err
}

func (f *form) ask(ctx context.Context, title string, choices []Choice) (string, error) {
	asked := &question{choices: choices, answer: choices[0].ID, color: f.color}
	asked.form = f.build(title, asked)
	if err := f.run(ctx, asked); err != nil {
		return "", err
	}
	return asked.answer, nil
}

// run shows a form until it is answered, and takes it off the screen.
func (f *form) run(ctx context.Context, asked *question) error {
	// Signals end the context; a handler of the program's own would only race with that.
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(f.streams.In), tea.WithOutput(f.streams.Out), tea.WithoutSignalHandler(),
	}
	_, err := tea.NewProgram(asked, options...).Run()
	asked.wipe(f.streams.Out)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case asked.form.State == huh.StateAborted:
		return Interrupted{}
	}
	return err
}

// build makes the list.
func (f *form) build(title string, asked *question) *huh.Form {
	options := make([]huh.Option[string], 0, len(asked.choices))
	for _, choice := range asked.choices {
		options = append(options, huh.NewOption(choice.Label, choice.ID))
	}
	keys := huh.NewDefaultKeyMap()
	keys.Select.Filter.SetEnabled(false) // Its words are English, and the list is short.
	list := huh.NewSelect[string]().
		Title(title).
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
	choices []Choice
	// answer is the id of the choice made.
	answer string
	color  bool
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
	if q.form.State == huh.StateCompleted && q.chosen() != "" {
		first = "\n" + q.chosen()
	}
	return tea.NewView(first + strings.Repeat("\n", q.height-lipgloss.Height(first)))
}

// wipe takes the form off the screen but for the choice made. The program leaves the cursor on the form's last line.
func (q *question) wipe(out io.Writer) {
	kept := 0
	if q.form.State == huh.StateCompleted && q.chosen() != "" {
		kept = 2
	}
	if up := q.height - 1 - kept; up > 0 {
		fmt.Fprintf(out, "\x1b[%dA\r\x1b[J", up)
	}
}

// chosen is the choice made, as the list showed it.
func (q *question) chosen() string {
	at := slices.IndexFunc(q.choices, func(c Choice) bool { return c.ID == q.answer })
	if at < 0 {
		return ""
	}
	line := "❯ " + q.choices[at].Label
	if !q.color {
		return line
	}
	return lipgloss.NewStyle().Faint(true).Render(line)
}
