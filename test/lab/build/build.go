package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// KubernetesVersion is the version of the cluster; a test compares it with kube/go.mod.
const KubernetesVersion = "v1.36.3"

// set is a pinned module and the programs that are built of it.
type set struct {
	// module is the directory in the lab's source.
	module   string
	packages []string
	ldflags  string
}

func sets() []set {
	const version = "k8s.io/component-base/version."
	major, minor, _ := strings.Cut(strings.TrimPrefix(KubernetesVersion, "v"), ".")
	minor, _, _ = strings.Cut(minor, ".")
	return []set{
		{
			module: "kube",
			packages: []string{
				"k8s.io/kubernetes/cmd/kube-apiserver",
				"k8s.io/kubernetes/cmd/kube-controller-manager",
				"k8s.io/kubernetes/cmd/kube-proxy",
				"k8s.io/kubernetes/cmd/kube-scheduler",
				"k8s.io/kubernetes/cmd/kubectl",
				"k8s.io/kubernetes/cmd/kubelet",
			},
			ldflags: fmt.Sprintf("-s -w -X %sgitVersion=%s -X %sgitMajor=%s -X %sgitMinor=%s -X %sgitTreeState=clean",
				version, KubernetesVersion, version, major, version, minor, version),
		},
		{
			module:   "coredns",
			packages: []string{"github.com/coredns/coredns"},
			ldflags:  "-s -w",
		},
	}
}

// Binaries makes sure that all programs are in dir. Sets whose module, flags and Go version have not changed since
// they were built are left alone. source is the lab's source directory, see [Source].
func Binaries(ctx context.Context, source, dir string, say func(format string, args ...any)) error {
	for _, s := range sets() {
		if err := s.ensure(ctx, source, dir, say); err != nil {
			return fmt.Errorf("building %s: %w", s.module, err)
		}
	}
	return nil
}

func (s set) ensure(ctx context.Context, source, dir string, say func(format string, args ...any)) error {
	key, err := s.key(source)
	if err != nil {
		return err
	}
	if s.cached(dir, key) {
		return nil
	}
	say("%s: building %s (minutes when Go's build cache is empty)", s.module, strings.Join(s.names(), ", "))
	began := time.Now()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	args := append([]string{"build", "-trimpath", "-ldflags", s.ldflags, "-o", dir + "/"}, s.packages...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = filepath.Join(source, s.module)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=")
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build in %s: %w\n%s", cmd.Dir, err, lastLines(output))
	}
	if err := os.WriteFile(s.keyFile(dir), []byte(key), 0o644); err != nil {
		return err
	}
	say("%s: built after %s", s.module, time.Since(began).Round(time.Second))
	return nil
}

// key changes with anything that could change the programs. go.sum follows from go.mod.
func (s set) key(source string) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %q %q\n", runtime.Version(), runtime.GOARCH, s.ldflags, s.packages)
	data, err := os.ReadFile(filepath.Join(source, s.module, "go.mod"))
	if err != nil {
		return "", fmt.Errorf("reading the pinned versions: %w", err)
	}
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (s set) keyFile(dir string) string { return filepath.Join(dir, s.module+".key") }

func (s set) cached(dir, key string) bool {
	stored, err := os.ReadFile(s.keyFile(dir))
	if err != nil || string(stored) != key {
		return false
	}
	for _, name := range s.names() {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

func (s set) names() []string {
	var names []string
	for _, p := range s.packages {
		names = append(names, filepath.Base(p))
	}
	return names
}

// Source finds the lab's source directory, which holds the pinned modules: the directory of module in the Go
// workspace or module that the working directory is in.
func Source(ctx context.Context, module string) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if errors.Is(err, exec.ErrNotFound) {
		return "", errors.New("there is no go command on PATH; install Go, or add its bin directory to PATH")
	}
	dir := string(bytes.TrimSpace(output))
	if err != nil || dir == "" {
		return "", errors.New("the lab's source is not here; run it from the project's directory")
	}
	if _, err := os.Stat(filepath.Join(dir, "kube", "go.mod")); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s has no kube/go.mod; is the checkout complete?", dir)
	}
	return dir, nil
}

func lastLines(output []byte) string {
	const limit = 20
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	return strings.Join(lines[max(0, len(lines)-limit):], "\n")
}
