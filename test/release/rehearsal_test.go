//go:build release

package release

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/test/loopback"
)

// home is a krew of its own, in front of the PATH, and a cluster to ask.
type home struct {
	*testing.T
	root string
	env  []string
}

func newHome(t *testing.T) home {
	t.Helper()
	root := t.TempDir()
	return home{t, root, []string{
		"KREW_ROOT=" + root, "KREW_NO_UPGRADE_CHECK=1", "PATH=" + filepath.Join(root, "bin") + ":" + os.Getenv("PATH"),
		"KUBECONFIG=" + loopback.Serve(t), "LANG=C.UTF-8",
	}}
}

func (h home) krew(args ...string) string    { return output(h.T, h.root, h.env, "krew", args...) }
func (h home) kubectl(args ...string) string { return output(h.T, h.root, h.env, "kubectl", args...) }

// works asks the installed plugin, through kubectl, for what it is and for a diagnosis.
func (h home) works(version string) {
	h.Helper()
	if got, want := h.kubectl("podkit", "version"), "Client Version: "+version+"\nServer Version: v1.36.3\n"; got != want {
		h.Errorf("version says %q, want %q", got, want)
	}
	commit := os.Getenv("PODKIT_COMMIT")
	if got := h.kubectl("podkit", "version", "--client", "-o", "yaml"); commit == "" || !strings.Contains(got, "commit: "+commit+"\n") {
		h.Errorf("version -o yaml does not tell commit %s: %q", commit, got)
	}
	if got := h.kubectl("podkit", "diagnose", "web-1"); !strings.Contains(got, "configmap-missing") {
		h.Errorf("diagnose says %q", got)
	}
	if got := h.kubectl("podkit", "debug", "--list"); !strings.Contains(got, "explore") {
		h.Errorf("debug --list says %q", got)
	}
}

// gone checks that krew has left nothing of the plugin.
func (h home) gone() {
	h.Helper()
	for _, path := range []string{"bin/kubectl-podkit", "store/podkit", "receipts/podkit.yaml"} {
		if _, err := os.Lstat(filepath.Join(h.root, path)); !os.IsNotExist(err) {
			h.Errorf("%s is still there: %v", path, err)
		}
	}
}

// TestKrewInstallsTheArchive: krew's validator takes the manifest, and the plugin works from what krew installs.
func TestKrewInstallsTheArchive(t *testing.T) {
	_, current := releases(t)
	manifest, here := current.manifest(t), runtime.GOOS+"/"+runtime.GOARCH
	for _, path := range []string{manifest, filepath.Join(root, "plugins/podkit.yaml")} {
		output(t, ".", nil, "validate-krew-manifest", "-manifest", path, "-skip-install")
	}

	h := newHome(t)
	h.krew("install", "--manifest="+manifest, "--archive="+current.archive(here))
	h.works(current.version)
	for _, name := range []string{"LICENSE", "kubectl-podkit", "kubectl_complete-podkit"} {
		if _, err := os.Stat(filepath.Join(h.root, "store/podkit", current.version, name)); err != nil {
			t.Error(err)
		}
	}
	// What the caveats of the manifest say makes kubectl complete.
	bin := filepath.Join(h.root, "bin")
	if err := os.Symlink(filepath.Join(bin, "kubectl-podkit"), filepath.Join(bin, "kubectl_complete-podkit")); err != nil {
		t.Fatal(err)
	}
	if got := h.kubectl("__complete", "podkit", "describe", "dat"); !strings.HasPrefix(got, "database-0\n") {
		t.Errorf("kubectl completes %q", got)
	}
}

// TestKrewUpgradesFromThisIndex: a git repository with plugins/podkit.yaml is a krew index, from which a version is
// installed and, once the next is out, upgraded. The archives come from a server on the loopback in place of GitHub's.
func TestKrewUpgradesFromThisIndex(t *testing.T) {
	previous, current := releases(t)
	mux := http.NewServeMux()
	for _, release := range []built{previous, current} {
		prefix := "/" + release.version + "/"
		mux.Handle(prefix, http.StripPrefix(prefix, http.FileServer(http.Dir(release.dist))))
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	index := newIndex(t, server.URL)
	h := newHome(t)
	index.publish(previous)
	h.krew("index", "add", "podkit", "file://"+index.dir)
	h.krew("install", "podkit/podkit")
	h.works(previous.version)
	index.publish(current)
	h.krew("upgrade")
	h.works(current.version)
	if listed := h.krew("list"); listed != "podkit/podkit\n" {
		t.Errorf("krew lists %q", listed)
	}
	h.krew("uninstall", "podkit")
	h.gone()
}

// index is a git repository with a manifest.
type index struct {
	*testing.T
	dir, downloads string
}

func newIndex(t *testing.T, downloads string) index {
	t.Helper()
	made := index{t, t.TempDir(), downloads}
	if err := os.Mkdir(filepath.Join(made.dir, "plugins"), 0o755); err != nil {
		t.Fatal(err)
	}
	made.git("init", "--quiet", "--initial-branch=main")
	return made
}

func (i index) git(args ...string) {
	i.Helper()
	env := []string{
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=index", "GIT_AUTHOR_EMAIL=index@localhost",
		"GIT_COMMITTER_NAME=index", "GIT_COMMITTER_EMAIL=index@localhost",
	}
	output(i.T, i.dir, env, "git", args...)
}

// publish commits the manifest of a release.
func (i index) publish(release built) {
	i.Helper()
	manifest, err := os.ReadFile(release.manifest(i.T))
	if err != nil {
		i.Fatal(err)
	}
	local := strings.ReplaceAll(string(manifest), "https://github.com/kubectl-podkit/podkit/releases/download", i.downloads)
	if err := os.WriteFile(filepath.Join(i.dir, "plugins/podkit.yaml"), []byte(local), 0o600); err != nil {
		i.Fatal(err)
	}
	i.git("add", "plugins")
	i.git("commit", "--quiet", "-m", release.version)
}
