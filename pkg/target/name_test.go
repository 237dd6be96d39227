package target_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

func TestParse(t *testing.T) {
	pod := func(name string) target.Name { return target.Name{Name: name} }
	tests := map[string]struct {
		args []string
		want []target.Name
	}{
		"nothing":              {nil, []target.Name{}},
		"all pods":             {[]string{"pods"}, []target.Name{}},
		"all, short":           {[]string{"po"}, []target.Name{}},
		"a pod":                {[]string{"web-0"}, []target.Name{pod("web-0")}},
		"pods":                 {[]string{"web-0", "web-1"}, []target.Name{pod("web-0"), pod("web-1")}},
		"TYPE NAME...":         {[]string{"pod", "web-0", "web-1"}, []target.Name{pod("web-0"), pod("web-1")}},
		"in capitals":          {[]string{"Pods", "web-0"}, []target.Name{pod("web-0")}},
		"a pod called pods":    {[]string{"pods", "pods"}, []target.Name{pod("pods")}},
		"po/NAME":              {[]string{"po/web-0", "Pod/b", "pods.v1./c"}, []target.Name{pod("web-0"), pod("b"), pod("c")}},
		"an owner":             {[]string{"deploy/web"}, []target.Name{{Resource: "deploy", Name: "web"}}},
		"a type with a group":  {[]string{"jobs.batch/load"}, []target.Name{{Resource: "jobs.batch", Name: "load"}}},
		"pods and owners":      {[]string{"web-0", "svc/api"}, []target.Name{pod("web-0"), {Resource: "svc", Name: "api"}}},
		"a type is not a pod":  {[]string{"deploy", "web"}, []target.Name{pod("deploy"), pod("web")}},
		"a type after a slash": {[]string{"a/b", "pods"}, []target.Name{{Resource: "a", Name: "b"}, pod("pods")}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := target.Parse(test.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, arg := range []string{"", "/", "deploy/", "/web", "deploy/web/x", "pods/"} {
		_, err := target.Parse([]string{arg})
		var told *message.Error
		if !errors.As(err, &told) || told.ID != "error.target-syntax" || told.Args["Argument"] != arg {
			t.Errorf("%q: got %v, want error.target-syntax about it", arg, err)
		}
	}
}

func TestNameString(t *testing.T) {
	for want, name := range map[string]target.Name{
		"web-0": {Name: "web-0", Namespace: "shop"}, "deploy/web": {Resource: "deploy", Name: "web"},
	} {
		if got := name.String(); got != want {
			t.Errorf("%+v: got %q, want %q", name, got, want)
		}
	}
}
