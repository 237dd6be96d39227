package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// examine runs doctor and returns what it printed, with the home's folder written as ~.
func examine(t *testing.T, o *Options, h home, out *strings.Builder) (string, error) {
	t.Helper()
	err := o.Run(t.Context())
	return strings.ReplaceAll(out.String(), h.path, "~"), err
}

func TestTexts(t *testing.T) {
	tests := map[string]struct {
		cluster *double
		works   bool
	}{
		"admin": {admin(), true}, "viewer": {viewer(), true}, "stranger": {stranger(), false}, "offline": {offline(), false},
	}
	for name, test := range tests {
		for _, language := range message.Languages() {
			t.Run(name+"-"+string(language), func(t *testing.T) {
				h := homeOf("testdata/home", "testdata/home/bin")
				var out strings.Builder
				text, err := examine(t, options(t, language, test.cluster, h, &out), h, &out)
				golden.Equal(t, name+"."+string(language)+".txt", text)
				var sick sickError
				if (err == nil) != test.works || err != nil && !errors.As(err, &sick) {
					t.Errorf("it ended with %v", err)
				}
			})
		}
	}
}

func TestRightsInTheWholeCluster(t *testing.T) {
	h := newHome(t)
	var out strings.Builder
	o := options(t, message.English, &double{version: casefile.Answered("v1.36.3"), rules: granted(), may: []string{"list pods"}}, h, &out)
	o.Everywhere = true
	text, err := examine(t, o, h, &out)
	if err != nil || !strings.Contains(text, "What jane may do in all namespaces") || !strings.Contains(text, "! get ") || !strings.Contains(text, "in the whole cluster (of podkit-read)") {
		t.Errorf("%v\n%s", err, text)
	}
	if strings.Contains(text, "in namespace shop (of") {
		t.Errorf("rules for one namespace were asked for\n%s", text)
	}
}

// A right does not make a server answer.
func TestReadingThatFailsAllTheSame(t *testing.T) {
	h := newHome(t)
	c := admin()
	c.events = errBroken
	var out strings.Builder
	text, err := examine(t, options(t, message.English, c, h, &out), h, &out)
	if err != nil || !strings.Contains(text, "! you may list events, and it fails all the same: etcdserver: request timed out") || !strings.Contains(text, "✓ could be read: pods, nodes") {
		t.Errorf("%v\n%s", err, text)
	}
	c = viewer()
	if _, err := examine(t, options(t, message.English, c, h, &out), h, &out); err != nil || !slices.Equal(c.tried, []string{"pods"}) {
		t.Errorf("%v; tried %v, though only pods may be read", err, c.tried)
	}
}

func TestNoKubeconfig(t *testing.T) {
	h := newHome(t, "bin/kubectl-podkit", "bin/kubectl")
	var out strings.Builder
	o := options(t, message.English, nil, h, &out)
	o.Locate = func() (cluster.Located, error) {
		return cluster.Located{Files: []string{"/home/jane/.kube/config"}}, message.Errorf(nil, "error.no-kubeconfig", nil)
	}
	text, err := examine(t, o, h, &out)
	want := "Kubeconfig\n  ✗ no cluster is configured; point KUBECONFIG or --kubeconfig at a kubeconfig file\n  · looked for in /home/jane/.kube/config\n"
	if err == nil || !strings.HasPrefix(text, want) || strings.Contains(text, "may do") {
		t.Errorf("%v\n%s", err, text)
	}
}

// Credentials that nobody accepts are no lack of rights.
func TestRightsThatCannotBeAsked(t *testing.T) {
	h := newHome(t)
	tests := map[string]struct {
		err   error
		works bool
	}{
		"unauthorized": {message.Errorf(nil, "error.unauthorized", message.Args{"Cause": "Unauthorized"}), false},
		"no reviews":   {errBroken, true},
	}
	for name, test := range tests {
		c := admin()
		c.rules.State, c.rules.Err = casefile.Failed, test.err
		var out strings.Builder
		text, err := examine(t, options(t, message.English, c, h, &out), h, &out)
		if (err == nil) != test.works || !strings.Contains(text, "your rights could not be asked for: ") || strings.Contains(text, "may do") {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}

func TestDocuments(t *testing.T) {
	unmarshals := map[string]func([]byte, any) error{
		"json": json.Unmarshal, "yaml": func(data []byte, v any) error { return yaml.UnmarshalStrict(data, v) },
	}
	for format, unmarshal := range unmarshals {
		h := homeOf("testdata/home", "testdata/home/bin")
		var out strings.Builder
		o := options(t, message.English, viewer(), h, &out)
		o.Output = format
		text, err := examine(t, o, h, &out)
		var got document.Checkup
		if err := errors.Join(err, unmarshal([]byte(text), &got)); err != nil {
			t.Fatalf("%s: %v in\n%s", format, err, text)
		}
		if got.APIVersion != "podkit.dev/v1alpha1" || got.Kind != "Checkup" || !got.Works || got.User != "jane" || got.Namespace != "shop" {
			t.Errorf("%s: %+v", format, got)
		}
		at := slices.IndexFunc(got.Commands, func(c document.CommandRights) bool { return c.Command == "exec" })
		if exec := got.Commands[at]; exec.Verdict != "fails" || !slices.Contains(exec.Missing, document.Missing{
			Verb: "create", Resource: "pods/exec", Place: "namespace", Lost: "running anything in a container",
		}) {
			t.Errorf("%s: %+v", format, exec)
		}
		golden.Equal(t, "viewer."+format, text)
	}
}

func TestInterruption(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out strings.Builder
	if err := options(t, message.English, admin(), newHome(t), &out).Run(ctx); !errors.Is(err, context.Canceled) || out.String() != "" {
		t.Errorf("%v, printed %q", err, out.String())
	}
}
