package command

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// run runs the lab with arguments and returns what it prints.
func run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", "/cache")
	var out, errOut strings.Builder
	root := New(&out, &errOut)
	root.SetArgs(args)
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestPaths(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"kubeconfig": {args: []string{"kubeconfig"}, want: "/var/lib/podkit-lab/kubeconfig\n"},
		"one":        {args: []string{"path", "kubectl"}, want: "/cache/podkit/lab/v1.36.3/kubectl\n"},
		"all": {args: []string{"path"}, want: `binaries    /cache/podkit/lab/v1.36.3
images      /cache/podkit/lab/images
kubeconfig  /var/lib/podkit-lab/kubeconfig
kubectl     /cache/podkit/lab/v1.36.3/kubectl
logs        /var/lib/podkit-lab/logs
state       /var/lib/podkit-lab
`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := run(t, test.args...)
			if err != nil || got != test.want {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestMistakesNameTheChoice(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"part":    {args: []string{"logs", "kublet"}, want: "kubelet-node1"},
		"path":    {args: []string{"path", "kubctl"}, want: "kubectl"},
		"command": {args: []string{"upp"}, want: "unknown command"},
		"nothing": {args: []string{"image", "load"}, want: "at least 1 arg"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := run(t, test.args...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one that contains %q", err, test.want)
			}
		})
	}
}

func TestEveryCommandSaysWhatItDoes(t *testing.T) {
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Short == "" && !c.Hidden {
			t.Errorf("%s has no description", c.CommandPath())
		}
		for _, child := range c.Commands() {
			walk(child)
		}
	}
	walk(New(nil, nil))
}
