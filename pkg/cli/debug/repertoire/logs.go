package repertoire

import (
	"context"
	"fmt"
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// The lines of a log: how many are shown when the step does not say, and how many are read to count what is left out.
const (
	logLines     = 10
	logLinesRead = 500
)

// logs shows the end of the container's log, of the instance that tells most.
func (t Tools) logs(ctx context.Context, subject *Subject, with map[string]string) Result {
	shown := logLines
	if asked := with["lines"]; asked != "" {
		var err error
		if shown, err = strconv.Atoi(asked); err != nil || shown < 1 {
			return Result{Err: fmt.Errorf("reading a log: lines: %q is not a number above 0; correct it in the workflow", asked)}
		}
	}
	whole := inContainer(subject, shellword.New("kubectl logs %s", named(subject.Pod)))
	log, err := t.Pods.LogTail(ctx, subject.Pod, subject.container(), logLinesRead)
	result := Result{Err: err}
	if log.Previous {
		whole = whole.With("--previous")
		result.Facts = append(result.Facts, "previous")
	}
	whole = t.Kubectl.about(subject.Pod.Namespace, whole)
	result.Commands = listed(export(subject.Pod), whole)
	if err != nil {
		return forbidden(result)
	}
	read := len(split(log.Text))
	if read == 0 {
		result.Facts = append(result.Facts, "empty")
	}
	return t.lastLines(result, log.Text, shown, whole, read >= logLinesRead)
}
