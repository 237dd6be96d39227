//go:build release

package release

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// built is a version that goreleaser has built.
type built struct {
	version, dist string
}

// releases returns the version before and the version of the rehearsal, whose directories PODKIT_RELEASES names.
func releases(t *testing.T) (previous, current built) {
	t.Helper()
	dists := filepath.SplitList(os.Getenv("PODKIT_RELEASES"))
	if len(dists) != 2 {
		t.Fatal("PODKIT_RELEASES does not name two directories; run this with make release-check")
	}
	return opened(t, dists[0]), opened(t, dists[1])
}

// opened finds the version in the names of a release's archives.
func opened(t *testing.T, dist string) built {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(dist, "podkit_v*_*_*.tar.gz"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in %s: %v", dist, err)
	}
	return built{version: strings.Split(filepath.Base(archives[0]), "_")[1], dist: dist}
}

// archive is the path of the archive for a target, named OS/ARCH.
func (b built) archive(target string) string {
	suffix := ".tar.gz"
	if strings.HasPrefix(target, "windows/") {
		suffix = ".zip"
	}
	return filepath.Join(b.dist, "podkit_"+b.version+"_"+strings.ReplaceAll(target, "/", "_")+suffix)
}

// manifest renders the krew manifest of a release into a file. Archives that were not built, since the rehearsal is for
// some targets only, get the checksum of an empty file.
func (b built) manifest(t *testing.T) string {
	t.Helper()
	sums, err := os.ReadFile(filepath.Join(b.dist, "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := string(sums)
	for _, target := range strings.Fields("linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64") {
		if name := filepath.Base(b.archive(target)); !strings.Contains(all, "  "+name+"\n") {
			all += fmt.Sprintf("%x  %s\n", sha256.Sum256(nil), name)
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "checksums.txt")
	if err := os.WriteFile(path, []byte(all), 0o600); err != nil {
		t.Fatal(err)
	}
	rendered := output(t, root, nil, os.Getenv("PODKIT_PACKAGING"), "krew", "-tag", b.version, "-checksums", path)
	path = filepath.Join(dir, "podkit.yaml")
	if err := os.WriteFile(path, []byte(rendered), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// output runs a program that must succeed and returns its standard output.
func output(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	t.Logf("$ %s %s\n%s%s", filepath.Base(name), strings.Join(args, " "), stdout.String(), stderr.String())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return stdout.String()
}
