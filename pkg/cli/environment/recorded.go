package environment

import (
	"time"

	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/connection"
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
	var err error
	e.recorded.recording, err = recording.Open(e.recorded.path, recording.DefaultLimits())
	return e.recorded.recording, err
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

// NeedsLive refuses what a recording cannot do: message id, whose sentence names the way to do it, is the error when a
// recording is read.
func (e *Environment) NeedsLive(id string) error {
	if e.recorded.path == "" && e.recorded.recording == nil {
		return nil
	}
	return message.Errorf(nil, id, message.Args{"Kubectl": e.Kubectl(), "Recording": e.recorded.path})
}
