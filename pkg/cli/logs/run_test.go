package logs

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// cluster is a double: its pods, whatever is asked.
type cluster []corev1.Pod

func (c cluster) Pods(context.Context, casefile.Query) casefile.Answer[[]corev1.Pod] {
	return casefile.Answered([]corev1.Pod(c))
}

func (c cluster) Objects(context.Context, string, casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return casefile.Unanswered[[]unstructured.Unstructured](casefile.Absent, errors.New("no owners here"))
}

func (c cluster) IsType(string) bool { return false }

// reader is a double: what each container has logged, line by line, or the error instead.
type reader struct {
	lines map[string][]string
	fails map[string]error
}

func (r reader) Logs(_ context.Context, _ *action.LogQuery, streams []action.LogStream, sink action.LogSink) (int, error) {
	read := 0
	for _, stream := range streams {
		if err := r.fails[stream.Container]; err != nil {
			sink.Failed(stream, err)
			continue
		}
		for _, line := range r.lines[stream.Container] {
			if err := sink.Line(stream, []byte(line)); err != nil {
				return read, err
			}
		}
		read++
	}
	return read, nil
}

// pod returns a pod whose containers run.
func pod(name string, containers ...string) corev1.Pod {
	p := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "shop"}}
	for _, container := range containers {
		p.Spec.Containers = append(p.Spec.Containers, corev1.Container{Name: container})
		p.Status.ContainerStatuses = append(p.Status.ContainerStatuses, corev1.ContainerStatus{
			Name: container, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}},
		})
	}
	return p
}

func TestRun(t *testing.T) {
	yes := true
	logs := map[string][]string{"app": {"one\n", "\x1b[31mtwo\r\n"}, "proxy": {"a\n", "unfinished"}, "side": {"last\n"}}
	unstarted := pod("web-1", "app")
	unstarted.Status = corev1.PodStatus{Phase: corev1.PodPending}
	const notStarted = `error: container "app" of pod "web-1" has not run yet, so there is no log: Pending; what holds it up: kubectl podkit describe web-1 -n shop` + "\n"
	tests := map[string]struct {
		pods        cluster
		change      func(*Options)
		fails       map[string]error
		out, errOut string
		wantErr     string
	}{
		"one log has no prefix, and its bytes are untouched": {
			pods: cluster{pod("web-0", "app")}, out: "one\n\x1b[31mtwo\r\n",
		},
		"one log, prefixed": {
			pods: cluster{pod("web-0", "app")}, change: func(o *Options) { o.Prefix = &yes },
			out: "[pod/web-0/app] one\n[pod/web-0/app] \x1b[31mtwo\r\n",
		},
		"several logs, an unfinished line among them": {
			pods: cluster{pod("web-0", "proxy", "side")}, change: func(o *Options) { o.Query.AllContainers = true },
			out: "[pod/web-0/proxy] a\n[pod/web-0/proxy] unfinished\n[pod/web-0/side] last\n",
		},
		"all namespaces": {
			pods: cluster{pod("web-0", "proxy", "side")}, change: func(o *Options) { o.Query.AllContainers, o.Spec.Namespace = true, "" },
			out: "[shop/pod/web-0/proxy] a\n[shop/pod/web-0/proxy] unfinished\n[shop/pod/web-0/side] last\n",
		},
		"a pod a colour": {
			pods: cluster{pod("web-0", "side"), pod("web-1", "side")}, change: func(o *Options) { o.Terminal.Color = true },
			out: "\x1b[36m[pod/web-0/side]\x1b[m last\n\x1b[32m[pod/web-1/side]\x1b[m last\n",
		},
		"the default container is told": {
			pods: cluster{pod("web-0", "side", "app")}, out: "last\n", errOut: "Defaulted container \"side\" out of: side, app\n",
		},
		"one of two has not started": {
			pods: cluster{pod("web-0", "side"), unstarted}, out: "last\n", errOut: notStarted,
		},
		"one of two fails": {
			pods: cluster{pod("web-0", "app", "side")}, change: func(o *Options) { o.Query.AllContainers = true },
			fails: map[string]error{"app": errors.New("\x1b[2Jboom\nbang")},
			out:   "[pod/web-0/side] last\n", errOut: "error: ^[[2Jboom bang\n",
		},
		"the only one fails": {
			pods: cluster{pod("web-0", "app")}, fails: map[string]error{"app": errors.New("boom")}, wantErr: "boom",
		},
		"the only one has not started": {
			pods: cluster{unstarted}, wantErr: notStarted[len("error: ") : len(notStarted)-1],
		},
		"all fail": {
			pods: cluster{pod("web-0", "app", "side")}, change: func(o *Options) { o.Query.AllContainers = true },
			fails:  map[string]error{"app": errors.New("boom"), "side": errors.New("bang")},
			errOut: "error: boom\nerror: bang\n", wantErr: "none of the 2 logs could be read; what keeps the pods from running: kubectl podkit get --unhealthy",
		},
		"all fail, which does not matter": {
			pods: cluster{pod("web-0", "app")}, change: func(o *Options) { o.IgnoreErrors = true },
			fails: map[string]error{"app": errors.New("boom")}, errOut: "error: boom\n",
		},
		"followed logs tell their failures at once": {
			pods: cluster{pod("web-0", "app", "side")}, change: func(o *Options) { o.Query.AllContainers, o.Query.Follow = true, true },
			fails:  map[string]error{"app": errors.New("boom"), "side": errors.New("bang")},
			errOut: "error: boom\nerror: bang\n", wantErr: "none of the 2 logs could be read; what keeps the pods from running: kubectl podkit get --unhealthy",
		},
		"no pods": {
			wantErr: `no pod matches in namespace "shop"; to see what is there: kubectl podkit get -n shop`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			messages, err := message.NewCatalog(message.English)
			if err != nil {
				t.Fatal(err)
			}
			var out, errOut bytes.Buffer
			options := &Options{
				Spec: target.Spec{Namespace: "shop"}, Cluster: test.pods, Logs: reader{lines: logs, fails: test.fails},
				Messages: messages, Terminal: report.Terminal{}, Now: time.Now,
				Streams: genericiooptions.IOStreams{Out: &out, ErrOut: &errOut},
			}
			if test.change != nil {
				test.change(options)
			}
			err = options.Run(t.Context())
			if got := sentence(err); got != test.wantErr {
				t.Errorf("error %q, want %q", got, test.wantErr)
			}
			if diff := cmp.Diff(test.out, out.String()); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errOut, errOut.String()); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
		})
	}
}

func sentence(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestATerminalGetsNoControlCharacters(t *testing.T) {
	var out bytes.Buffer
	options := &Options{Streams: genericiooptions.IOStreams{Out: &out}}
	p := newPrinter(options, nil, nil)
	p.terminal = true
	for _, line := range []string{"\x1b]0;title\x07one\u202ea\u200bb\x9b\r\n", "two\rthree\n", "tab\t中文\n"} {
		if err := p.Line(action.LogStream{}, []byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.flush(); err != nil {
		t.Fatal(err)
	}
	want := "^[]0;title<U+0007>one<U+202E>a<U+200B>b<9B>\ntwo\\rthree\ntab\t中文\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// fullDisk is an output that takes nothing.
type fullDisk struct{}

var errFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestAnOutputThatFailsIsAnError(t *testing.T) {
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	options := &Options{
		Cluster: cluster{pod("web-0", "app")}, Logs: reader{lines: map[string][]string{"app": {"one\n"}}}, Messages: messages, Now: time.Now,
		Streams: genericiooptions.IOStreams{Out: fullDisk{}, ErrOut: &bytes.Buffer{}},
	}
	if err := options.Run(t.Context()); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
