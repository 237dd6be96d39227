package action

import (
	"bytes"
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// tailLimit bounds the bytes of a log tail: 1 MiB.
const tailLimit = int64(1 << 20)

// Log is the end of one container's log.
type Log struct {
	Container string
	// Previous is true when the log is that of the instance before the current one.
	Previous bool
	// Text is the log as the server sent it, at most 1 MiB; it must be neutralised before it reaches a terminal.
	Text string
	// Notes tell how the container and its instance were chosen.
	Notes []Note
}

// LogTail reads the last lines of a container's log, of the instance that tells most. An empty container means the one
// that kubectl would choose. It is bounded by --request-timeout.
func (c *Client) LogTail(ctx context.Context, pod *corev1.Pod, container string, lines int64) (Log, error) {
	choice, err := Choose(pod, container)
	if err != nil {
		return Log{}, err
	}
	status := statusOf(pod, choice.Container)
	if !started(status) {
		return Log{}, notStarted(pod, choice.Container)
	}
	log := Log{Container: choice.Container, Previous: Telling.resolve(status) == Previous}
	log.Notes = append(choice.Notes, instanceNotes(pod, choice.Container, Telling, time.Now())...)
	limit := tailLimit
	options := &corev1.PodLogOptions{
		Container: choice.Container, Previous: log.Previous, TailLines: &lines, LimitBytes: &limit,
	}
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	var text bytes.Buffer
	err = c.readLog(ctx, pod, options, func(line []byte) error { text.Write(line); return nil })
	log.Text = text.String()
	return log, err
}

// notStarted says that there is no log because the container has never run, and why: when an init container is to
// blame, that one's log is the next step.
func notStarted(pod *corev1.Pod, container string) error {
	args := logArgs(pod, container, "")
	args["State"] = stateOf(pod, container)
	if init := unfinishedInit(pod); init != "" && init != container && started(statusOf(pod, init)) {
		args["Init"], args["InitState"] = init, stateOf(pod, init)
		return message.Errorf(nil, "logs.initializing", args)
	}
	return message.Errorf(nil, "logs.not-started", args)
}

// unfinishedInit returns the init container that the pod has come to; empty when all have ended well, or have started
// in the case of sidecars.
func unfinishedInit(pod *corev1.Pod) string {
	for i := range pod.Spec.InitContainers {
		init := &pod.Spec.InitContainers[i]
		status := statusOf(pod, init.Name)
		sidecar := init.RestartPolicy != nil && *init.RestartPolicy == corev1.ContainerRestartPolicyAlways
		if sidecar && status.Started != nil && *status.Started {
			continue
		}
		if ended := status.State.Terminated; ended == nil || ended.ExitCode != 0 {
			return init.Name
		}
	}
	return ""
}
