package shellword_test

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// TestPathsThatLeadElsewhereAreRefused, however they are encoded; podkit's own words beside them change nothing.
func TestPathsThatLeadElsewhereAreRefused(t *testing.T) {
	pod := shellword.Variable("POD_NAME")
	for path, want := range map[string]bool{
		"/../../../secrets": true, "/..": true, "/.": true, "/a/./b": true, "/a/..?x": true, "..": true, "/../#x": true,
		"/%2e%2e/x": true, "/%2E./x": true, "/.%2e": true, "/%252e%252e/x": true, "/%25252e/x": true, "/%2525%32e/x": true,
		"/..%2f..%2fsecrets": true, "/a%5c..%5cb": true, `/\..\..`: true, "/x%3f/../y": true, "//..//x": true,
		"/": false, "": false, "/healthz": false, "/.well-known/x": false, "/a..b": false, "/...": false, "/a?next=/../b": false,
		"/a#/../b": false, "/%2e%2ex": false, "/100%": false, "/%zz": false, "/%ff": false,
	} {
		if got := shellword.HasDotSegments(path); got != want {
			t.Errorf("%s has dot segments: %v", path, got)
		}
		for _, command := range []shellword.Command{
			shellword.New("kubectl get --raw /proxy/x%s", shellword.Path("/"+path)),
			shellword.New("curl").Curl(shellword.Text("http://localhost/").And(pod, shellword.Path(":80/"+path))),
		} {
			if line, refusal := command.Line(); (refusal == shellword.Dots) != want {
				t.Errorf("%s: %s%s", path, line, refusal)
			}
		}
	}
	if line, refusal := shellword.New("kubectl exec x -- ls %s", "../x").Line(); refusal != "" {
		t.Errorf("what is no path of a URL is refused: %s%s", line, refusal)
	}
}

// TestCurlAsksOneAddress: it takes [1-3] and {a,b} for several, unless -g is there.
func TestCurlAsksOneAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/a": "curl http://localhost/a", "/[1-3]": "curl -g 'http://localhost/[1-3]'", "/{a,b}": "curl -g 'http://localhost/{a,b}'",
	} {
		if line, refusal := shellword.New("curl").Curl(shellword.Path("http://localhost" + path)).Line(); line != want || refusal != "" {
			t.Errorf("got %s%s, want %s", line, refusal, want)
		}
	}
}
