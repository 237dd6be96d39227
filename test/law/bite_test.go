package law

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLawsBite breaks the laws on purpose, in packages made up for it: a law that nothing can break keeps nothing.
func TestLawsBite(t *testing.T) {
	breaking := []pkg{
		{path: "pkg/podstate", deps: []string{"k8s.io/client-go/rest"}},
		{path: "pkg/workflow/builtin", imports: []string{"os"}},
		{path: "pkg/diagnosis/image", imports: []string{"net/http"}},
		{path: "pkg/casefile", deps: []string{"k8s.io/client-go/dynamic"}},
		{path: "pkg/report", imports: []string{"k8s.io/client-go/rest"}},
		{path: "pkg/cli/get", imports: []string{"k8s.io/kubectl/pkg/cmd/get"}},
		{path: "pkg/report", deps: []string{"pkg/cluster"}},
		{path: "pkg/action", deps: []string{"pkg/report"}},
		{path: "pkg/report", imports: []string{"pkg/cli"}},
		{path: "pkg/target", imports: []string{"pkg/cli/environment"}},
		{path: "pkg/report", imports: []string{"pkg/internal/golden"}},
		{path: "cmd/kubectl-podkit", imports: []string{"k8s.io/client-go/rest"}},
	}
	for _, p := range breaking {
		broken := 0
		for _, rule := range imports {
			if rule.isBound(p.path) {
				broken += len(rule.breaches(p))
			}
		}
		if broken == 0 {
			t.Errorf("%s may import %v", p.path, append(p.imports, p.deps...))
		}
	}
	keeping := []pkg{
		{path: "pkg/cluster", imports: []string{"k8s.io/client-go/rest"}},
		{path: "pkg/action", imports: []string{"k8s.io/kubectl/pkg/cmd/exec"}},
		{path: "cmd/kubectl-podkit", imports: []string{"k8s.io/client-go/plugin/pkg/client/auth", "pkg/cli", "os"}},
		{path: "pkg/cli", imports: []string{"pkg/cli/get"}},
		{path: "pkg/podstate", imports: []string{"k8s.io/api/core/v1"}, deps: []string{"os"}},
	}
	for _, p := range keeping {
		for _, rule := range imports {
			if !rule.isBound(p.path) {
				continue
			}
			for _, breach := range rule.breaches(p) {
				t.Errorf("a good import is refused: %s", breach)
			}
		}
	}
}

func TestCallsBite(t *testing.T) {
	source := `package x

import (
	clock "time"
	"os"
)

var now = clock.Now

func init() { os.Exit(1) }

type time struct{}

func (time) Sleep() {}

func sleep(time time) { time.Sleep() }
`
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	p := pkg{path: "pkg/podstate", dir: dir, files: []string{"x.go"}}
	told := strings.Join(p.uses(t, calls), "\n")
	for _, want := range []string{"x.go:8:11: time.Now", "x.go:10:15: os.Exit"} {
		if !strings.Contains(told, want) {
			t.Errorf("%s was not found in\n%s", want, told)
		}
	}
	if strings.Contains(told, "Sleep") {
		t.Errorf("another Sleep was taken for that of package time:\n%s", told)
	}
	if len(p.inits(t)) != 1 {
		t.Errorf("init functions: %v, want one", p.inits(t))
	}
	p.path = "cmd/x"
	if told := p.uses(t, calls); len(told) != 0 {
		t.Errorf("main may do it: %v", told)
	}
}

func TestMatches(t *testing.T) {
	tests := []struct {
		pattern, path string
		want          bool
	}{
		{"os", "os", true},
		{"os", "os/exec", false},
		{"os/...", "os", true},
		{"os/...", "os/exec", true},
		{"os/...", "osx", false},
		{"...", "anything/at/all", true},
		{"pkg/cli", "pkg/cli/get", false},
	}
	for _, test := range tests {
		if got := matches([]string{test.pattern}, test.path); got != test.want {
			t.Errorf("%q matches %q: %v, want %v", test.pattern, test.path, got, test.want)
		}
	}
}
