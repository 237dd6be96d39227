package image

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

func TestArchive(t *testing.T) {
	image := Image{Name: Busybox, recipe: foreignRecipe()}
	var log strings.Builder
	b := &builder{dir: t.TempDir(), log: &log}
	path, err := b.archive(t.Context(), image)
	if err != nil {
		t.Fatal(err)
	}

	// The tag must be spelled as given: the library would call Docker Hub
	// index.docker.io, where the CRI never looks.
	manifest, err := tarball.LoadManifest(func() (io.ReadCloser, error) { return os.Open(path) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{Busybox}, manifest[0].RepoTags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	img, err := tarball.ImageFromPath(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	config, err := img.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if config.Architecture != ForeignPlatform || config.OS != "linux" || len(config.RootFS.DiffIDs) != 1 {
		t.Errorf("configuration is %+v", config)
	}

	said := log.String()
	again, err := b.archive(t.Context(), image)
	if err != nil || again != path || log.String() != said {
		t.Errorf("the second build gave %q, %v and said %q", again, err, log.String())
	}
}

func TestPauseRunsUntilTold(t *testing.T) {
	binary, err := program{Path: "/pause", Source: pauseSource}.build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "pause")
	if err := os.WriteFile(path, []byte(binary.Body), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Whether the signal comes before or after the program listens, it must end.
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil && cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
		t.Errorf("pause ended with %v", err)
	}
}

func TestBuildNamesTheImageThatFails(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Build(t.Context(), t.TempDir(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), Pause) || !strings.Contains(err.Error(), "go not found on PATH") {
		t.Errorf("error is %v", err)
	}
}
