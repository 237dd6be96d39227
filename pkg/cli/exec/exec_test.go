package exec

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

const kubeconfig = `
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
contexts: [{name: c, context: {cluster: c, namespace: shop}}]
current-context: c
`

// surroundings returns an environment with these streams and a cluster that is never asked.
func surroundings(t *testing.T, streams genericiooptions.IOStreams) *environment.Environment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := os.WriteFile(path, []byte(kubeconfig), 0o600); err != nil {
		t.Fatal(err)
	}
	env := environment.New(streams, func(string) string { return "" })
	env.Config.KubeConfig = &path
	return env
}

// terminal returns streams that are a terminal.
func terminal(t *testing.T) genericiooptions.IOStreams {
	t.Helper()
	leader, follower, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = leader.Close(), follower.Close() })
	return genericiooptions.IOStreams{In: follower, Out: follower, ErrOut: &bytes.Buffer{}}
}

func TestToOptions(t *testing.T) {
	type want struct {
		Name       target.Name
		Container  string
		Command    []string
		Stdin, TTY bool
		Quiet      bool
	}
	web := target.Name{Name: "web-0"}
	tests := map[string]struct {
		flags Flags
		args  []string
		dash  int
		tty   bool
		want  want
	}{
		"a command":                  {args: []string{"web-0", "env"}, dash: 1, want: want{Name: web, Command: []string{"env"}}},
		"with arguments":             {args: []string{"web-0", "ls", "-l"}, dash: 1, want: want{Name: web, Command: []string{"ls", "-l"}}},
		"an owner":                   {args: []string{"deploy/web", "env"}, dash: 1, want: want{Name: target.Name{Resource: "deploy", Name: "web"}, Command: []string{"env"}}},
		"flags":                      {flags: Flags{Container: "app", Stdin: true, TTY: true, Quiet: true}, args: []string{"web-0", "sh"}, dash: 1, want: want{Name: web, Container: "app", Command: []string{"sh"}, Stdin: true, TTY: true, Quiet: true}},
		"a shell on a terminal":      {args: []string{"web-0"}, dash: -1, tty: true, want: want{Name: web, Stdin: true, TTY: true}},
		"a shell, dashes for naught": {args: []string{"web-0"}, dash: 1, tty: true, want: want{Name: web, Command: []string{}, Stdin: true, TTY: true}},
		"a command on a terminal":    {args: []string{"web-0", "env"}, dash: 1, tty: true, want: want{Name: web, Command: []string{"env"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			streams := genericiooptions.NewTestIOStreamsDiscard()
			if test.tty {
				streams = terminal(t)
			}
			options, err := test.flags.ToOptions(surroundings(t, streams), test.args, test.dash)
			if err != nil {
				t.Fatal(err)
			}
			got := want{options.Spec.Names[0], options.Container, options.Command, options.Stdin, options.TTY, options.Quiet}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestToOptionsErrors(t *testing.T) {
	tests := map[string]struct {
		args []string
		dash int
		want string
	}{
		"nobody":               {nil, -1, "in which pod? name it, or its owner: kubectl podkit exec web-0 -- COMMAND"},
		"nobody, but dashes":   {[]string{"env"}, 0, "in which pod? name it, or its owner: kubectl podkit exec web-0 -- COMMAND"},
		"no dashes":            {[]string{"web-0", "ls", "x"}, -1, "the command comes after --: kubectl podkit exec web-0 -- ls x"},
		"two pods":             {[]string{"web-0", "web-1", "ls"}, 2, "the command comes after --: kubectl podkit exec web-0 -- web-1 ls"},
		"a shell for nobody":   {[]string{"web-0"}, -1, "no command, and no terminal for a shell; write it after --: kubectl podkit exec web-0 -- COMMAND"},
		"an empty name":        {[]string{""}, -1, `"" is neither a pod nor TYPE/NAME; write for example web-0 or deploy/web`},
		"all pods of a sudden": {[]string{"pods"}, -1, "in which pod? name it, or its owner: kubectl podkit exec web-0 -- COMMAND"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := (&Flags{}).ToOptions(surroundings(t, genericiooptions.NewTestIOStreamsDiscard()), test.args, test.dash)
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

// cluster is a double: its pods, whatever is asked.
type cluster []corev1.Pod

func (c cluster) Pods(context.Context, casefile.Query) casefile.Answer[[]corev1.Pod] {
	return casefile.Answered([]corev1.Pod(c))
}

func (c cluster) Objects(_ context.Context, _ string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	object := map[string]any{
		"kind": "Deployment", "apiVersion": "apps/v1", "metadata": map[string]any{"name": query.Names[0], "namespace": query.Namespace},
		"spec": map[string]any{"selector": map[string]any{"matchLabels": map[string]any{"app": "web"}}},
	}
	return casefile.Answered([]unstructured.Unstructured{{Object: object}})
}

func (c cluster) IsType(string) bool { return false }

// runner is a double of the remote side.
type runner struct {
	shell    string
	shellErr error
	ran      *action.Command
	err      error
}

func (r *runner) Shell(context.Context, *corev1.Pod, string) (string, error) {
	return r.shell, r.shellErr
}

func (r *runner) Exec(_ context.Context, command action.Command) error {
	r.ran = &command
	return r.err
}

func pod(name string, ready corev1.ConditionStatus, containers ...string) corev1.Pod {
	p := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "shop"}}
	p.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodReady, Status: ready}}
	for _, container := range containers {
		p.Spec.Containers = append(p.Spec.Containers, corev1.Container{Name: container})
	}
	return p
}

func TestRun(t *testing.T) {
	boom := errors.New("boom")
	one := cluster{pod("web-0", corev1.ConditionTrue, "app", "proxy")}
	two := cluster{pod("web-0", corev1.ConditionFalse, "app"), pod("web-1", corev1.ConditionTrue, "app")}
	type ran struct {
		Pod, Container string
		Args           []string
		Stdin, TTY     bool
	}
	tests := map[string]struct {
		cluster cluster
		owner   string
		change  Options
		runner  runner
		want    *ran
		errOut  string
		wantErr error
	}{
		"a command": {
			cluster: one, change: Options{Command: []string{"env"}, Container: "proxy"},
			want: &ran{"web-0", "proxy", []string{"env"}, false, false},
		},
		"the default container is told": {
			cluster: one, change: Options{Command: []string{"env"}},
			want: &ran{"web-0", "app", []string{"env"}, false, false}, errOut: "Defaulted container \"app\" out of: app, proxy\n",
		},
		"nothing is told": {
			cluster: two, owner: "deploy", change: Options{Command: []string{"env"}, TTY: true, Quiet: true},
			want: &ran{"web-1", "app", []string{"env"}, false, false},
		},
		"a ready pod of an owner": {
			cluster: two, owner: "deploy", change: Options{Command: []string{"env"}},
			want: &ran{"web-1", "app", []string{"env"}, false, false}, errOut: "deploy/web has 2 pods, using pod web-1\n",
		},
		"the best shell": {
			cluster: cluster{pod("web-0", corev1.ConditionTrue, "app")}, change: Options{Stdin: true}, runner: runner{shell: "ash"},
			want: &ran{"web-0", "app", []string{"ash"}, true, false}, errOut: "Opening ash in container \"app\" of pod web-0; leave it with exit\n",
		},
		"no shell": {
			cluster: cluster{pod("web-0", corev1.ConditionTrue, "app")}, runner: runner{shellErr: boom}, wantErr: boom,
		},
		"no terminal to pass on": {
			cluster: cluster{pod("web-0", corev1.ConditionTrue, "app")}, change: Options{Command: []string{"sh"}, Stdin: true, TTY: true},
			want: &ran{"web-0", "app", []string{"sh"}, true, false}, errOut: "Standard input is not a terminal, so the command runs without one\n",
		},
		"the command's error is passed on": {
			cluster: cluster{pod("web-0", corev1.ConditionTrue, "app")}, change: Options{Command: []string{"sh"}}, runner: runner{err: boom},
			want: &ran{"web-0", "app", []string{"sh"}, false, false}, wantErr: boom,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			messages, err := message.NewCatalog(message.English)
			if err != nil {
				t.Fatal(err)
			}
			var errOut bytes.Buffer
			options, double := test.change, test.runner
			options.Spec = target.Spec{Namespace: "shop", Names: []target.Name{{Resource: test.owner, Name: "web"}}}
			options.Cluster, options.Runner, options.Messages = test.cluster, &double, messages
			options.Streams = genericiooptions.IOStreams{In: &bytes.Buffer{}, Out: &bytes.Buffer{}, ErrOut: &errOut}
			if err := options.Run(t.Context()); !errors.Is(err, test.wantErr) {
				t.Errorf("got %v, want %v", err, test.wantErr)
			}
			var got *ran
			if c := double.ran; c != nil {
				got = &ran{c.Pod.Name, c.Container, c.Args, c.Stdin, c.TTY}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("ran (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errOut, errOut.String()); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
		})
	}
}

func TestATerminalIsPassedOn(t *testing.T) {
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	double := &runner{shell: "bash"}
	options := &Options{
		Spec:  target.Spec{Namespace: "shop", Names: []target.Name{{Name: "web-0"}}},
		Stdin: true, TTY: true, Cluster: cluster{pod("web-0", corev1.ConditionTrue, "app")}, Runner: double, Messages: messages, Streams: terminal(t),
	}
	if err := options.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !double.ran.TTY || !double.ran.Stdin {
		t.Errorf("the session has stdin %v, tty %v", double.ran.Stdin, double.ran.TTY)
	}
}
