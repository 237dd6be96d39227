package environment

import (
	"runtime/debug"
	"time"

	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/connection"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// recorded is the recording that stands in for a cluster, if one does.
type recorded struct {
	path      string
	recording *recording.Recording
	access    *connection.Connection
}

// now is the time of the recording once it was opened, or that of a clock.
func (r *recorded) now(clock func() time.Time) time.Time {
	if r.recording == nil {
		return clock()
	}
	return r.recording.Header.TakenAt
}

// Record makes a recording stand in for the cluster, as --recording does: what was embedded, say.
func (e *Environment) Record(r *recording.Recording) { e.recorded.recording = r }

// Recording returns the recording that is read instead of a cluster, or nil.
func (e *Environment) Recording() (*recording.Recording, error) {
	if e.recorded.recording != nil || e.recorded.path == "" {
		return e.recorded.recording, nil
	}
	e.Economize()
	var err error
	e.recorded.recording, err = recording.Open(e.Context, e.Files(), e.recorded.path, recording.DefaultLimits())
	return e.recorded.recording, err
}

// enough is the memory that the process is to do with where a recording is read, which may be made to take much.
const enough = 900 << 20

// Economize has the garbage collector keep the process to that as far as it can, unless GOMEMLIMIT says something else.
func (e *Environment) Economize() {
	if e.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(enough)
	}
}

// Access returns how the cluster is reached: by kubectl's flags, or in the recording.
func (e *Environment) Access() (genericclioptions.RESTClientGetter, error) {
	if e.recorded.access != nil {
		return e.recorded.access, nil
	}
	r, err := e.Recording()
	if err != nil {
		return nil, err
	}
	if r == nil {
		return e.Config, nil
	}
	namespace := ""
	if e.Config.Namespace != nil {
		namespace = *e.Config.Namespace
	}
	e.recorded.access = connection.New(r, namespace)
	return e.recorded.access, nil
}

// NeedsLive refuses what a recording cannot do: the error, when one is read, is message id, whose sentence names the line
// that does it on the live cluster. words are that line, kubectl left out; see also Typed.
func (e *Environment) NeedsLive(id string, words ...string) error {
	if !e.IsRecorded() {
		return nil
	}
	return message.Errorf(nil, id, message.Args{
		"Line":   shellword.New("kubectl").Typed(words...).Called(e.Kubectl()),
		"Replay": shellword.New("kubectl podkit replay").Typed(e.recorded.path).Called(e.Kubectl()),
	})
}

// IsRecorded reports whether a recording is read, or will be.
func (e *Environment) IsRecorded() bool { return e.recorded.path != "" || e.recorded.recording != nil }
