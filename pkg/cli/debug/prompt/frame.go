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
	// view draws the panel in so many columns and at most so many lines, with the text cursor where one is shown.
	view(width, height int) (string, *tea.Cursor)
	// left is the line that stays on the screen when the panel is done; empty leaves nothing.
	left() string
}

// size is that of a terminal.
type size struct{ width, height int }

// show runs a panel below a blank line until it is done, and takes it off the screen but for the line that it leaves. It
// returns Interrupted for Ctrl-C.
//
// The blank line is no part of the panel, so that nothing of that ever stands in the first line of the screen: tmux moves all
// there is into the scrollback when the screen is wiped from there on (screen_write_clearendofscreen), and the renderer
// wipes from the first line of its view whenever that changes in height.
func show(ctx context.Context, streams genericiooptions.IOStreams, panel panel, size size) error {
	f := &frame{panel: panel, size: size}
	fmt.Fprintln(streams.Out)
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
	content, cursor := f.panel.view(f.size.width, f.size.height-1)
	view := tea.NewView(f.padded(content))
	view.Cursor = cursor
	return view
}

// padded fills a view up with empty lines.
func (f *frame) padded(content string) string {
	f.tall = max(f.tall, lipgloss.Height(content))
	return content + strings.Repeat("\n", f.tall-lipgloss.Height(content))
}

// kept is the line that stays, if any.
func (f *frame) kept() string {
	if f.interrupted {
		return ""
	}
	return f.panel.left()
}

// wipe takes the rest of the panel off the screen, and the blank line above it when nothing stays. The program leaves the
// cursor on the last line of the view.
func (f *frame) wipe(out io.Writer) {
	up := f.tall - 1
	switch {
	case !f.ended || f.kept() == "":
		fmt.Fprint(out, upwards(up)+"\r\x1b[J"+upwards(1))
	case up == 0: // What stays is all there was.
		fmt.Fprintln(out)
	default:
		fmt.Fprint(out, upwards(up-1)+"\r\x1b[J")
	}
}

// upwards moves the cursor so many lines up.
func upwards(lines int) string {
	if lines <= 0 {
		return ""
	}
	return fmt.Sprintf("\x1b[%dA", lines)
}
