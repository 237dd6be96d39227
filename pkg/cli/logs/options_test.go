package logs

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

const kubeconfig = `
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
contexts: [{name: c, context: {cluster: c, namespace: shop}}]
current-context: c
`

// parse turns a command line into options; it asks no server.
func parse(t *testing.T, line ...string) (*Options, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := os.WriteFile(path, []byte(kubeconfig), 0o600); err != nil {
		t.Fatal(err)
	}
	env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" })
	env.Config.KubeConfig = &path
	flags, set := &Flags{}, pflag.NewFlagSet("logs", pflag.ContinueOnError)
	flags.AddFlags(set)
	if err := set.Parse(line); err != nil {
		t.Fatal(err)
	}
	return flags.ToOptions(env, set, set.Args())
}

func number(n int64) *int64 { return &n }

func TestToOptions(t *testing.T) {
	type want struct {
		Spec         target.Spec
		Query        action.LogQuery
		Prefix       *bool
		IgnoreErrors bool
	}
	web := target.Spec{Names: []target.Name{{Name: "web-0"}}, Namespace: "shop"}
	selected := target.Spec{Namespace: "shop", Labels: "app=web"}
	at := metav1.NewTime(time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC))
	no := false
	query := func(change func(*action.LogQuery)) action.LogQuery {
		q := action.LogQuery{StartTimeout: 20 * time.Second, MaxStreams: 5}
		change(&q)
		return q
	}
	tests := map[string]struct {
		line []string
		want want
	}{
		"a pod": {[]string{"web-0"}, want{Spec: web, Query: query(func(*action.LogQuery) {})}},
		"several, and an owner": {[]string{"web-0", "deploy/web"}, want{
			Spec:  target.Spec{Names: []target.Name{{Name: "web-0"}, {Resource: "deploy", Name: "web"}}, Namespace: "shop"},
			Query: query(func(*action.LogQuery) {}),
		}},
		"-f is follow":     {[]string{"-f", "web-0"}, want{Spec: web, Query: query(func(q *action.LogQuery) { q.Follow = true })}},
		"-p":               {[]string{"-p", "web-0"}, want{Spec: web, Query: query(func(q *action.LogQuery) { q.Instance = action.Previous })}},
		"--previous=false": {[]string{"--previous=false", "web-0"}, want{Spec: web, Query: query(func(q *action.LogQuery) { q.Instance = action.Current })}},
		"a selector shows ten lines": {
			[]string{"-l", "app=web"},
			want{Spec: selected, Query: query(func(q *action.LogQuery) { q.TailLines = number(10) })},
		},
		"a selector, and all lines": {
			[]string{"-l", "app=web", "--tail=-1"},
			want{Spec: selected, Query: query(func(*action.LogQuery) {})},
		},
		"all namespaces": {
			[]string{"-A", "--tail=3"},
			want{Query: query(func(q *action.LogQuery) { q.TailLines = number(3) })},
		},
		"no line at all": {[]string{"web-0", "--tail=0"}, want{Spec: web, Query: query(func(q *action.LogQuery) { q.TailLines = number(0) })}},
		"amounts": {
			[]string{"web-0", "--since=1500ms", "--limit-bytes=99", "--timestamps", "-c", "app"},
			want{Spec: web, Query: query(func(q *action.LogQuery) {
				q.PodLogOptions = corev1.PodLogOptions{SinceSeconds: number(2), LimitBytes: number(99), Timestamps: true, Container: "app"}
			})},
		},
		"a time": {
			[]string{"web-0", "--since-time=2026-01-02T15:04:05Z", "--all-containers"},
			want{Spec: web, Query: query(func(q *action.LogQuery) { q.SinceTime, q.AllContainers = &at, true })},
		},
		"the rest": {
			[]string{"web-0", "--prefix=false", "--ignore-errors", "--max-log-requests=9", "--pod-running-timeout=1m", "--insecure-skip-tls-verify-backend"},
			want{Spec: web, Prefix: &no, IgnoreErrors: true, Query: query(func(q *action.LogQuery) {
				q.MaxStreams, q.StartTimeout, q.InsecureSkipTLSVerifyBackend = 9, time.Minute, true
			})},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			options, err := parse(t, test.line...)
			if err != nil {
				t.Fatal(err)
			}
			got := want{options.Spec, options.Query, options.Prefix, options.IgnoreErrors}
			if len(got.Spec.Names) == 0 {
				got.Spec.Names = nil
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestToOptionsErrors(t *testing.T) {
	tests := map[string]struct {
		line []string
		want string
	}{
		"nobody":         {nil, "whose log? name a pod or its owner, or give a selector: kubectl podkit logs web-0, logs deploy/web, logs -l app=web"},
		"two containers": {[]string{"web-0", "--all-containers", "-c", "app"}, "--all-containers and -c app exclude each other; leave one out"},
		"two times":      {[]string{"web-0", "--since=1s", "--since-time=2026-01-02T15:04:05Z"}, "give --since a duration above 0, or --since-time a time, and not both"},
		"negative since": {[]string{"web-0", "--since=-1s"}, "give --since a duration above 0, or --since-time a time, and not both"},
		"no time":        {[]string{"web-0", "--since-time=noon"}, `--since-time "noon" is no time in RFC3339; write for example 2026-01-02T15:04:05Z`},
		"negative tail":  {[]string{"web-0", "--tail=-2"}, "--limit-bytes must not be negative, and --tail must be -1 (all lines) or more"},
		"negative bytes": {[]string{"web-0", "--limit-bytes=-1"}, "--limit-bytes must not be negative, and --tail must be -1 (all lines) or more"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := parse(t, test.line...)
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}
