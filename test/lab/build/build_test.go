package build

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVersionIsThePinnedOne keeps the constant and the module that is built from drifting apart.
func TestVersionIsThePinnedOne(t *testing.T) {
	data, err := os.ReadFile("../kube/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := "k8s.io/kubernetes " + KubernetesVersion + " "; !strings.Contains(string(data), want) {
		t.Errorf("kube/go.mod does not require %s; change KubernetesVersion with it", want)
	}
}

// TestEveryProgramIsATool keeps `go mod tidy` from dropping what a program needs.
func TestEveryProgramIsATool(t *testing.T) {
	for _, s := range sets() {
		data, err := os.ReadFile(filepath.Join("..", s.module, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range s.packages {
			if !strings.Contains(string(data), p+"\n") {
				t.Errorf("%s/go.mod has no tool directive for %s", s.module, p)
			}
		}
	}
}

func TestVersionFlags(t *testing.T) {
	flags := sets()[0].ldflags
	for _, want := range []string{"gitVersion=v1.36.3 ", "gitMajor=1 ", "gitMinor=36 "} {
		if !strings.Contains(flags, want) {
			t.Errorf("%q does not contain %q", flags, want)
		}
	}
}

func TestCache(t *testing.T) {
	source, dir := t.TempDir(), t.TempDir()
	s := set{module: "kube", packages: []string{"example.com/cmd/one", "example.com/cmd/two"}}
	pin := func(content string) string {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(source, "kube"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(source, "kube", "go.mod"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		key, err := s.key(source)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	key := pin("require example.com v1")
	if s.cached(dir, key) {
		t.Error("an empty directory counts as built")
	}
	for name, content := range map[string]string{"kube.key": key, "one": "", "two": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !s.cached(dir, key) {
		t.Error("what is there counts as not built")
	}
	if s.cached(dir, pin("require example.com v2")) {
		t.Error("another version counts as built")
	}
	if err := os.Remove(filepath.Join(dir, "two")); err != nil {
		t.Fatal(err)
	}
	if s.cached(dir, key) {
		t.Error("a missing program counts as built")
	}
}

func TestSourceIsFoundFromHere(t *testing.T) {
	dir, err := Source(t.Context(), "github.com/kubectl-podkit/podkit/test/lab")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "coredns", "go.mod")); err != nil {
		t.Error(err)
	}
}

func TestSourceElsewhere(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := Source(t.Context(), "github.com/kubectl-podkit/podkit/test/lab")
	if err == nil || !strings.Contains(err.Error(), "run it from the project's directory") {
		t.Errorf("error is %v", err)
	}
}
