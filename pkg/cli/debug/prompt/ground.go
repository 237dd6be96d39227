package prompt

import (
	"context"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/report"
)

// answersWithin is how long a terminal may take to tell its background. All that people sit at answer at once, or refuse at
// once; the time is for those far away, whose late answer would be shown as if it had been typed.
const answersWithin = time.Second

// Ground asks the terminal for its background, when colours are to be shown and the environment does not tell. Only who asks
// questions anyhow should ask this one: keys that are pressed meanwhile are lost.
func Ground(ctx context.Context, streams genericiooptions.IOStreams, terminal report.Terminal) (report.Ground, error) {
	in, ok := streams.In.(*os.File)
	if !ok || !terminal.Color || !terminal.Interactive || terminal.Ground != report.UnknownGround {
		return terminal.Ground, nil
	}
	before, err := term.MakeRaw(int(in.Fd())) // Or the answer would be shown, and kept until the end of a line.
	if err != nil {
		return terminal.Ground, nil // It cannot be asked.
	}
	defer func() { _ = term.Restore(int(in.Fd()), before) }()
	g := &ground{}
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(streams.In), tea.WithOutput(streams.Out), tea.WithoutSignalHandler(), tea.WithoutRenderer(),
	}
	_, err = tea.NewProgram(g, options...).Run()
	switch {
	case ctx.Err() != nil:
		return g.found, ctx.Err()
	case g.interrupted:
		return g.found, Interrupted{}
	}
	return g.found, err
}

// ground asks for the background, and then for what every terminal knows, the place of its cursor: when that comes first the
// background will not come.
type ground struct {
	found       report.Ground
	interrupted bool
}

var _ tea.Model = (*ground)(nil)

// Init asks.
func (g *ground) Init() tea.Cmd {
	return tea.Batch(
		tea.Raw(ansi.RequestBackgroundColor+ansi.RequestCursorPositionReport),
		tea.Tick(answersWithin, func(time.Time) tea.Msg { return tea.QuitMsg{} }),
	)
}

// Update takes the answers.
func (g *ground) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		g.found = report.LightGround
		if msg.IsDark() {
			g.found = report.DarkGround
		}
	case tea.CursorPositionMsg:
		return g, tea.Quit
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			g.interrupted = true
			return g, tea.Quit
		}
	}
	return g, nil
}

// View shows nothing.
func (g *ground) View() tea.View { return tea.NewView("") }
