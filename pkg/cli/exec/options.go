package exec

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Runner runs commands in containers and finds shells; action.Client does.
type Runner interface {
	Exec(ctx context.Context, command action.Command) error
	Shell(ctx context.Context, pod *corev1.Pod, container string) (string, error)
}

// Options are what exec was asked to do.
type Options struct {
	Spec      target.Spec
	Container string
	// Command is the program and its arguments; none means a shell.
	Command    []string
	Stdin, TTY bool
	Quiet      bool

	Cluster  target.PodReader
	Runner   Runner
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
}

// ToOptions checks the flags and arguments. dash is how many arguments stand before "--", -1 without one. Without a
// command the session is interactive, for which input and output must be a terminal.
func (f *Flags) ToOptions(env *environment.Environment, args []string, dash int) (*Options, error) {
	before, command := args, []string(nil)
	if dash >= 0 {
		before, command = args[:dash], args[dash:]
	}
	if len(before) > 1 {
		return nil, message.Errorf(nil, "exec.dashes", message.Args{"Target": before[0], "Command": args[1:]})
	}
	spec, err := (&selection.Selectors{}).ToSpec(env, before)
	if err != nil {
		return nil, err
	}
	if len(spec.Names) == 0 {
		return nil, message.Errorf(nil, "exec.no-target", nil)
	}
	if err := f.needsLive(env, spec, command); err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, Container: f.Container, Command: command,
		Stdin: f.Stdin, TTY: f.TTY, Quiet: f.Quiet, Streams: env.Streams,
	}
	if len(command) == 0 {
		if !env.Terminal().Interactive {
			return nil, message.Errorf(nil, "exec.no-command", message.Args{"Target": before[0]})
		}
		options.Stdin, options.TTY = true, true
	}
	return options, options.connect(env)
}

// needsLive refuses to run anything in a recording, and tells the line that does on the live cluster.
func (f *Flags) needsLive(env *environment.Environment, spec target.Spec, command []string) error {
	words := []string{"exec", "-n", spec.Namespace}
	interactive := len(command) == 0
	if interactive || f.Stdin {
		words = append(words, "-i")
	}
	if interactive || f.TTY {
		words = append(words, "-t")
	}
	words = append(words, spec.Names[0].String())
	if f.Container != "" {
		words = append(words, "-c", f.Container)
	}
	if interactive {
		command = []string{"sh"}
	}
	return env.NeedsLive("recording.no-exec", append(append(words, "--"), command...)...)
}

func (o *Options) connect(env *environment.Environment) error {
	var err error
	if o.Messages, err = env.Messages(); err != nil {
		return err
	}
	reader, err := env.Cluster()
	if err != nil {
		return err
	}
	o.Cluster = reader
	o.Runner, err = action.New(reader)
	return err
}

// Run runs the command, or the shell.
func (o *Options) Run(ctx context.Context) error {
	pods, err := selection.Pods(ctx, o.Cluster, o.Spec)
	if err != nil {
		return err
	}
	pod := action.Pick(pods)
	if len(pods) > 1 {
		o.tell(action.Note{ID: "pick.several", Args: message.Args{"Owner": o.Spec.Names[0].String(), "Count": len(pods), "Pod": pod.Name}})
	}
	choice, err := action.Choose(pod, o.Container)
	if err != nil {
		return err
	}
	o.tell(choice.Notes...)
	command := action.Command{
		Pod: pod, Container: choice.Container, Args: o.Command, Stdin: o.Stdin, TTY: o.TTY, Streams: o.Streams,
	}
	if len(command.Args) == 0 {
		shell, err := o.Runner.Shell(ctx, pod, choice.Container)
		if err != nil {
			return err
		}
		command.Args = []string{shell}
		o.tell(action.Note{ID: "exec.shell", Args: message.Args{"Shell": shell, "Container": choice.Container, "Pod": pod.Name}})
	}
	if command.TTY && (!command.Stdin || !printers.IsTerminal(o.Streams.In)) {
		command.TTY = false
		o.tell(action.Note{ID: "exec.no-terminal"})
	}
	return o.Runner.Exec(ctx, command)
}

// tell says notes unless --quiet forbids it.
func (o *Options) tell(notes ...action.Note) {
	if !o.Quiet {
		notice.New(o.Streams.ErrOut, o.Messages).Notes(notes...)
	}
}
