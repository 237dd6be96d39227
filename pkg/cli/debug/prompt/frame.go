package prompt

import (
	"context"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"k8s.io/cli-runtime/pkg/genericiooptions"
)

// panel is something that is asked below the transcript.
type panel interface {
	// init returns what is to be done first, if anything.
	init() tea.Cmd
	// update takes a message in and reports whether the panel is done.
	update(msg tea.Msg) (done bool, cmd tea.Cmd)
	// view draws the panel for a terminal of so many columns and lines, with the text cursor where one is shown.
	view(width, height int) (string, *tea.Cursor)
	// left is the line that stays on the screen when the panel is done; empty leaves nothing.
	left() string
}

// size is that of a terminal.
type size struct{ width, height int }

// show runs a panel until it is done, and takes it off the screen but for the line that it leaves. It returns Interrupted
// for Ctrl-C.
func show(ctx context.Context, streams genericiooptions.IOStreams, panel panel, size size) error {
	f := &frame{panel: panel, size: size}
	// Signals end the context; a handler of the program's own would only race with that.
	options := []tea.ProgramOption{
		tea.WithContext(ctx), tea.WithInput(streams.In), tea.WithOutput(streams.Out), tea.WithoutSignalHandler(),
	}
	_, err := tea.NewProgram(f, options...).Run()
	f.wipe(streams.Out)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case f.interrupted:
		return Interrupted{}
	}
	return err
}

// frame makes a program of a panel. The view never becomes lower, for the renderer redraws one that shrinks too low and
// wipes only the last line of one that becomes empty (bubbletea v2.0.2): a panel is padded to the height that it had at
// most, and so is what stays of it.
type frame struct {
	panel       panel
	size        size
	tall        int
	ended       bool
	interrupted bool
}

var _ tea.Model = (*frame)(nil)

// Init starts the panel.
func (f *frame) Init() tea.Cmd { return f.panel.init() }

// Update ends the program when the panel is done or the reader breaks off.
func (f *frame) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.size = size{msg.Width, msg.Height}
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			f.ended, f.interrupted = true, true
			return f, tea.Quit
		}
	}
	done, cmd := f.panel.update(msg)
	if done {
		f.ended = true
		return f, tea.Sequence(cmd, tea.Quit)
	}
	return f, cmd
}

// View shows the panel, and in the end what stays of it.
func (f *frame) View() tea.View {
	if f.ended {
		return tea.NewView(f.padded(f.kept()))
	}
	content, cursor := f.panel.view(f.size.width, f.size.height)
	view := tea.NewView(f.padded(content))
	view.Cursor = cursor
	return view
}

// padded fills a view up with empty lines.
func (f *frame) padded(content string) string {
	f.tall = max(f.tall, lipgloss.Height(content))
	return content + strings.Repeat("\n", f.tall-lipgloss.Height(content))
}

// kept is what stays: a line below a blank one, or nothing.
func (f *frame) kept() string {
	if f.interrupted || f.panel.left() == "" {
		return ""
	}
	return "\n" + f.panel.left()
}

// wipe takes the rest of the panel off the screen. The program leaves the cursor on the last line of the view.
func (f *frame) wipe(out io.Writer) {
	kept := 0
	if f.ended && f.kept() != "" {
		kept = 2
	}
	switch up := f.tall - 1 - kept; {
	case up > 0:
		fmt.Fprintf(out, "\x1b[%dA\r\x1b[J", up)
	case up < 0: // What stays is all there was.
		fmt.Fprintln(out)
	}
}
