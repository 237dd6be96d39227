package repertoire

import (
	"context"
	"errors"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// execLines is how many lines of a command's output are shown.
const execLines = 20

// exec runs a command in the container, without input, and masks the values of variables in what it wrote.
func (t Tools) exec(ctx context.Context, subject *Subject, with map[string]string) Result {
	pod := subject.Pod
	command := strings.Fields(with["command"])
	if with["probe"] != "" {
		probe, ok := subject.check()
		if !ok || probe.way() != "exec" || probe.spec.Exec == nil {
			return Result{Err: t.noProbe(subject), Args: message.Args{"Command": ""}}
		}
		command = probe.spec.Exec.Command
	}
	if len(command) == 0 {
		return Result{Err: errors.New("running a command: the step names none; give it one in the workflow, as in with: {command: env}")}
	}
	whole := t.Kubectl.about(pod.Namespace, inContainer(subject, shellword.New("kubectl exec %s -- %s", named(pod), command)))
	result := Result{
		Commands: listed(export(pod), whole),
		Args:     message.Args{"Command": shellword.Sequence(command...)},
	}
	stdout, stderr, err := t.Pods.Capture(ctx, pod, subject.container(), command)
	environment := environmentOf(pod, subject.container())
	stderr, _ = environment.maskWords(stderr, printsVariables(command))
	if code, ended := action.ExitStatus(err); ended && !isA(err, "exec.no-program") {
		err = message.Errorf(err, "debug.exit-code", message.Args{"Command": strings.Join(command, " "), "Code": code, "Stderr": strings.TrimSpace(stderr)})
	}
	result.Err = err
	if isA(err, "exec.no-program") {
		result.Facts = append(result.Facts, "no-program")
	}
	if isA(err, "debug.exit-code") {
		result.Facts = append(result.Facts, "exit-code")
	}
	masked := environment.mask(stdout, command)
	switch {
	case subject.Reveal && masked.text != stdout:
		result.Facts = append(result.Facts, "in-clear")
		plain := t.firstLines(Result{}, stdout, execLines, whole)
		result.Clear = &Clear{plain.Output, plain.LeftOut, plain.Whole}
	case masked.dropped:
		result.Facts = append(result.Facts, "masked", "unlisted")
	case masked.text != stdout:
		result.Facts = append(result.Facts, "masked")
	}
	return forbidden(t.firstLines(result, masked.text, execLines, whole))
}

// execValues says which values would stand in clear: those of the container's variables, and where they come from.
func (t Tools) execValues(subject *Subject) string {
	secrets, configMaps := environmentOf(subject.Pod, subject.container()).sources()
	return t.Messages.Text("consent.values", message.Args{
		"Container": subject.container(), "Pod": subject.Pod.Name, "Namespace": subject.Pod.Namespace,
		"Secrets": strings.Join(secrets, ", "), "ConfigMaps": strings.Join(configMaps, ", "),
	})
}
