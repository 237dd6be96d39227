package action

import (
	"bytes"
	"context"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kubectl/pkg/util/interrupt"
)

// Command is a command to run in a container.
type Command struct {
	Pod       *corev1.Pod
	Container string
	// Args are the program and its arguments; no shell reads them.
	Args []string
	// Stdin passes the input on; TTY makes the session one of a terminal, for which the input must be one.
	Stdin, TTY bool
	Streams    genericiooptions.IOStreams
}

// Exec runs a command in a container as `kubectl exec` does (kubectl pkg/cmd/exec/exec.go, Run), until it ends or ctx does.
// When it ends with another exit code than 0 the error has a method ExitStatus (see ExitStatus). Everything else is a
// sentence: a container that is not running, a program that is not there, a right that is missing.
func (c *Client) Exec(ctx context.Context, command Command) error {
	if err := running(command.Pod, command.Container); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	session, terminal := command.session()
	// Without a parent kubectl's terminal would end the process on a signal (kubectl pkg/util/term/term.go).
	terminal.Parent = interrupt.New(func(os.Signal) { cancel() })
	session.URL = c.core.Post().Namespace(command.Pod.Namespace).Resource("pods").Name(command.Pod.Name).SubResource("exec").
		VersionedParams(&corev1.PodExecOptions{
			Container: command.Container, Command: command.Args,
			Stdin: session.Stdin != nil, Stdout: session.Stdout != nil, Stderr: session.Stderr != nil, TTY: session.TTY,
		}, scheme.ParameterCodec).URL()
	err := terminal.Safe(func() error { return c.executor.Execute(ctx, c.config, session) })
	return explainExec(err, command)
}

// Capture runs a command without input and returns what it wrote. The error is that of Exec.
func (c *Client) Capture(ctx context.Context, pod *corev1.Pod, container string, command []string) (stdout, stderr string, err error) {
	choice, err := Choose(pod, container)
	if err != nil {
		return "", "", err
	}
	var out, errOut bytes.Buffer
	err = c.Exec(ctx, Command{
		Pod: pod, Container: choice.Container, Args: command,
		Streams: genericiooptions.IOStreams{Out: &out, ErrOut: &errOut},
	})
	return out.String(), errOut.String(), err
}
