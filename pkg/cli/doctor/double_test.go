package doctor

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// double is a cluster that grants what it is told to.
type double struct {
	version casefile.Answer[string]
	rules   casefile.Answer[authorizationv1.SubjectRulesReviewStatus]
	// may are the rights that single reviews grant: "list nodes".
	may []string
	// events is why events cannot be read though their right is there.
	events error
	// tried are the resources that were read.
	tried []string
}

func (d *double) ServerVersion(context.Context) casefile.Answer[string] { return d.version }
func (d *double) User(context.Context) casefile.Answer[string]          { return casefile.Answered("jane") }

func (d *double) Rules(context.Context, string) casefile.Answer[authorizationv1.SubjectRulesReviewStatus] {
	return d.rules
}

func (d *double) May(_ context.Context, verb, group, resource, _ string) casefile.Answer[bool] {
	if d.rules.State != casefile.Known {
		return casefile.Unanswered[bool](d.rules.State, d.rules.Err)
	}
	right := access.Right{Verb: verb, Group: group, Resource: resource}
	return casefile.Answered(slices.Contains(d.may, "*") || slices.Contains(d.may, right.String()))
}

func (d *double) Pods(context.Context, casefile.Query) casefile.Answer[[]corev1.Pod] {
	d.tried = append(d.tried, "pods")
	return casefile.Answered([]corev1.Pod{})
}

func (d *double) Events(context.Context, casefile.Query) casefile.Answer[[]corev1.Event] {
	d.tried = append(d.tried, "events")
	if d.events != nil {
		return casefile.Unanswered[[]corev1.Event](casefile.Failed, d.events)
	}
	return casefile.Answered([]corev1.Event{})
}

func (d *double) Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node] {
	d.tried = append(d.tried, "nodes")
	return casefile.Answered([]corev1.Node{})
}

func granted(rules ...authorizationv1.ResourceRule) casefile.Answer[authorizationv1.SubjectRulesReviewStatus] {
	return casefile.Answered(authorizationv1.SubjectRulesReviewStatus{ResourceRules: rules})
}

func rule(verbs, groups, resources string) authorizationv1.ResourceRule {
	return authorizationv1.ResourceRule{Verbs: strings.Split(verbs, ","), APIGroups: strings.Split(groups, ","), Resources: strings.Split(resources, ",")}
}

// admin may do everything.
func admin() *double {
	return &double{version: casefile.Answered("v1.36.3"), rules: granted(rule("*", "*", "*")), may: []string{"*"}}
}

// viewer may look at pods and their logs in one namespace.
func viewer() *double {
	return &double{version: casefile.Answered("v1.36.3"), rules: granted(rule("get,list,watch", "", "pods"), rule("get", "", "pods/log"))}
}

// stranger may do nothing.
func stranger() *double {
	return &double{version: casefile.Answered("v1.36.3"), rules: granted()}
}

// offline is a cluster that does not answer.
func offline() *double {
	cause := message.Errorf(nil, "error.unreachable", message.Args{"Server": "https://10.0.0.1:6443", "Cause": "connection refused"})
	return &double{version: casefile.Unanswered[string](casefile.Failed, cause)}
}

// home is a folder with programs, on PATH, and a shell that completes kubectl.
type home struct {
	path      string
	variables map[string]string
}

func newHome(t *testing.T, programs ...string) home {
	t.Helper()
	at := t.TempDir()
	folders := map[string]bool{}
	var path []string
	for _, program := range programs {
		file := filepath.Join(at, program)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		if !folders[filepath.Dir(file)] {
			folders[filepath.Dir(file)] = true
			path = append(path, filepath.Dir(file))
		}
	}
	return homeOf(at, path...)
}

// homeOf is a home that is there already. That of testdata has a path whose length is the same everywhere, so that texts are
// broken at the same places.
func homeOf(at string, path ...string) home {
	return home{at, map[string]string{
		"HOME": at, "PATH": strings.Join(path, string(filepath.ListSeparator)), "SHELL": "/bin/tcsh", "LANG": "C.UTF-8", "TERM": "xterm-256color",
	}}
}

// options are those of a run in a home, with a clock that gains 5 ms each time that it is looked at.
func options(t *testing.T, language message.Language, c *double, h home, out io.Writer) *Options {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)
	return &Options{
		Self: filepath.Join(h.path, "bin/kubectl-podkit"), Build: build.Info{Version: "v0.9.0"}, Libraries: "v1.37.2",
		Locate: func() (cluster.Located, error) {
			return cluster.Located{Files: []string{"/home/jane/.kube/config"}, Context: "prod", User: "jane", Namespace: "shop", Server: "https://10.0.0.1:6443"}, nil
		},
		Connect:        func() (Cluster, error) { return c, nil },
		KubectlVersion: func(context.Context, string) (string, error) { return "v1.36.0", nil },
		Messages:       messages, Getenv: func(name string) string { return h.variables[name] }, Out: out,
		Terminal: report.Terminal{Width: 100}, Now: func() time.Time { now = now.Add(5 * time.Millisecond); return now },
	}
}

var errBroken = errors.New("etcdserver: request timed out")
