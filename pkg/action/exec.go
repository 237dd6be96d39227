package action

import (
	"bytes"
	"context"
	"os"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	coreclient "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/kubectl/pkg/cmd/exec"
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

// Exec runs a command in a container with kubectl's own ExecOptions, until it ends or ctx does. When it ends with
// another exit code than 0 the error has a method ExitStatus (see ExitStatus). Everything else is a sentence: a container
// that is not running, a program that is not there, a right that is missing.
func (c *Client) Exec(ctx context.Context, command Command) error {
	if err := running(command.Pod, command.Container); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	options := &exec.ExecOptions{
		StreamOptions: exec.StreamOptions{
			Namespace: command.Pod.Namespace, PodName: command.Pod.Name, ContainerName: command.Container,
			Stdin: command.Stdin, TTY: command.TTY, Quiet: true, IOStreams: command.Streams,
			// Without a parent kubectl's terminal would end the process on a signal (kubectl pkg/util/term/term.go).
			InterruptParent: interrupt.New(func(os.Signal) { cancel() }),
		},
		Command:   command.Args,
		Executor:  bound{ctx: ctx, executor: c.executor},
		PodClient: known{pod: command.Pod},
		Config:    c.config,
	}
	return explainExec(options.Run(), command)
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

// known gives kubectl the pod that was read already, so that it does not ask for it again.
type known struct {
	coreclient.PodInterface
	pod *corev1.Pod
}

// Pods returns the client of the one pod.
func (k known) Pods(string) coreclient.PodInterface { return k }

// Get returns the pod.
func (k known) Get(context.Context, string, metav1.GetOptions) (*corev1.Pod, error) {
	return k.pod, nil
}
