package repertoire

import (
	"context"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// waitFor is how long a wait lasts when the step does not say.
const waitFor = 30 * time.Second

// wait looks at the pod until it is ready, its container runs, or was restarted; within bounds, and saying what it waits for.
func (t Tools) wait(ctx context.Context, subject *Subject, with map[string]string) Result {
	state, bound := with["for"], waitFor
	if state == "" {
		state = "ready"
	}
	if state != "ready" && state != "running" && state != "restart" {
		return Result{Err: fmt.Errorf("waiting: for: %q is none of ready, running, restart; correct it in the workflow", state)}
	}
	if text := with["timeout"]; text != "" {
		var err error
		if bound, err = time.ParseDuration(text); err != nil || bound <= 0 {
			return Result{Err: fmt.Errorf("waiting: timeout: %q is no duration such as 30s; correct it in the workflow", text)}
		}
	}
	if t.Patience.For < bound {
		bound = t.Patience.For
	}
	began, before := t.Now(), restarts(subject)
	result := Result{
		Commands: listed(t.Kubectl.command(subject.Pod.Namespace, "get pod %s -w", subject.Pod.Name)),
		Args:     message.Args{"Waited": "", "Status": ""},
	}
	if t.Patience.Tell != nil && !met(subject, state, before) {
		t.Patience.Tell(t.Messages.Text("debug.wait."+state, message.Args{"Pod": subject.Pod.Name, "Seconds": int(bound.Seconds()), "Container": subject.container()}))
	}
	err := t.until(ctx, subject, bound, func() bool { return met(subject, state, before) })
	result.Args["Waited"] = duration.HumanDuration(t.Now().Sub(began))
	row := podstate.ColumnsOf(subject.Pod, t.Now())
	result.Args["Status"] = row.Status
	result.Err = err
	result.Facts = []string{"timed-out"}
	if met(subject, state, before) {
		result.Facts = []string{"met"}
	}
	return t.firstLines(result, columns([][]string{
		{"NAME", "READY", "STATUS", "RESTARTS", "AGE"}, {subject.Pod.Name, row.Ready, row.Status, row.Restarts, row.Age},
	}), tableLines, result.Commands[0].Command)
}

// until looks again and again, as often as the patience says, until done or the time is over.
func (t Tools) until(ctx context.Context, subject *Subject, bound time.Duration, done func() bool) error {
	deadline := time.NewTimer(bound)
	defer deadline.Stop()
	again := time.NewTicker(max(t.Patience.Every, time.Millisecond))
	defer again.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return nil
		case <-again.C:
			if err := subject.Refresh(ctx, t.Cluster); err != nil {
				return err
			}
		}
	}
	return nil
}

func met(subject *Subject, state string, before int32) bool {
	switch state {
	case "running":
		return running(subject.Pod, subject.container())
	case "restart":
		return restarts(subject) > before || status(subject.Pod, subject.container()).LastTerminationState.Terminated != nil
	}
	return ready(subject.Pod)
}

func restarts(subject *Subject) int32 {
	return status(subject.Pod, subject.container()).RestartCount
}

// waitAction is what a workflow may know of it.
func waitAction() workflow.Action {
	return workflow.Action{Params: []string{"for", "timeout"}, Facts: []string{"met", "timed-out"}, Args: []string{"Waited", "Status"}}
}
