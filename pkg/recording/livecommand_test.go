package recording_test

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// TestLiveCommand: a line is made of words alone, and of those of this process alone: a server or a recording dictates none.
func TestLiveCommand(t *testing.T) {
	for _, command := range []shellword.Command{
		shellword.New("kubectl get --raw %s", "/a;touch x"),
		shellword.New("kubectl exec -n %s %s -c %s -- %s", "shop", "web", "$(x)", []string{"sh", "-c", "a b"}),
		shellword.New("kubectl create --raw %s -f %s", "/a", shellword.Placeholder("file")),
		shellword.New("curl -X PATCH %s", "http://127.0.0.1:8001/a?b&c"),
	} {
		if got := recording.LiveCommand(recording.LiveWords(command)); !got.Equal(command) {
			t.Errorf("%s came out as %s", command, got)
		}
	}
	for _, command := range []shellword.Command{
		shellword.New("kubectl get --raw %s", "/a/../b"), shellword.New("curl -X PATCH %s", "http://127.0.0.1:8001/a/%2e%2e/b"),
	} {
		if line, refusal := recording.LiveCommand(recording.LiveWords(command)).Line(); refusal != shellword.Dots {
			t.Errorf("%s leads elsewhere: %s%s", command, line, refusal)
		}
	}
	for _, text := range []string{"kubectl get --raw /x; rm -rf /", `["rm","-rf","/"]`, `["kubectl;rm","x"]`, `[]`, `{}`, "", `["kubectl"]`, `["kubectl","delete","namespace","kube-system"]`, `{"seal":"","words":["kubectl","delete","namespace","kube-system"]}`} {
		if got := recording.LiveCommand(text); !got.IsZero() {
			t.Errorf("%s is taken for %s", text, got)
		}
	}
}
