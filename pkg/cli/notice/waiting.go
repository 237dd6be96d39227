package notice

import (
	"sync"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Waiting tells on a line of the terminal what the API server lets a command wait for.
type Waiting struct {
	mu       sync.Mutex
	line     *Line
	messages func() (*message.Catalog, error)
}

// NewWaiting returns what tells on a line. messages is asked when there is something to tell: the flags have been read then.
func NewWaiting(line *Line, messages func() (*message.Catalog, error)) *Waiting {
	return &Waiting{line: line, messages: messages}
}

// Waiting says what is waited for.
func (w *Waiting) Waiting(wait cluster.Wait) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.line.IsSeen() {
		return
	}
	messages, err := w.messages()
	if err != nil {
		return // The command ends in that error.
	}
	args := message.Args{
		"Server": wait.Server, "Verb": wait.Verb, "Resource": wait.Resource, "Namespace": wait.Namespace, "Name": wait.Name,
		"Seconds": int(wait.For.Seconds()), "Pause": int(wait.Pause.Seconds()),
	}
	if wait.Pause > 0 {
		w.line.Show(messages.Text("prompt.pausing", args))
		return
	}
	w.line.Show(messages.Text("prompt.waiting", args))
}

// Answered takes the line away.
func (w *Waiting) Answered() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.line.Clear()
}

var _ cluster.Waiter = (*Waiting)(nil)
