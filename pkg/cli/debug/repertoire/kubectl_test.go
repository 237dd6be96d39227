package repertoire

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

func TestKubectlLine(t *testing.T) {
	home := Kubectl{Name: "kubectl", Home: "default"}
	far := Kubectl{Name: "kubectl1.36", Flags: []string{"--context=my lab", "--as=jane"}}
	tests := map[string]struct {
		got  shellword.Command
		want string
	}{
		"at home":            {home.command("default", "get pods"), "kubectl get pods"},
		"elsewhere":          {home.command("shop", "get pods"), "kubectl get pods -n shop"},
		"all namespaces":     {home.command("", "get pods -A"), "kubectl get pods -A"},
		"flags before --":    {home.command("shop", "exec %s -- env", "web"), "kubectl exec web -n shop -- env"},
		"another connection": {far.command("default", "get pods"), "kubectl1.36 get pods -n default '--context=my lab' --as=jane"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if line, refusal := test.got.Line(); line != test.want {
				t.Errorf("got %s%s, want %s", line, refusal, test.want)
			}
		})
	}
}
