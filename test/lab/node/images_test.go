package node

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// newNode returns a node on a directory of the test's own, and a ctr on PATH that notes its calls and fails for
// archives called bad.
func newNode(t *testing.T) (n *Node, calls func() []string) {
	t.Helper()
	lab := paths.Paths{State: t.TempDir()}
	bin, log := t.TempDir(), filepath.Join(t.TempDir(), "calls")
	script := "#!/bin/sh\nfor last; do :; done\ncase $last in *bad*) echo broken archive >&2; exit 1;; esac\necho $last >>" + log + "\n"
	if err := os.WriteFile(filepath.Join(bin, "ctr"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	n = New(topology.Nodes()[0], lab, process.NewSupervisor(lab, t.Logf), t.Logf)
	return n, func() []string {
		data, err := os.ReadFile(log)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return strings.Fields(string(data))
	}
}

func TestImportOnce(t *testing.T) {
	n, calls := newNode(t)
	if err := n.ImportOnce(t.Context(), "/a.tar", "/b.tar"); err != nil {
		t.Fatal(err)
	}
	if err := n.ImportOnce(t.Context(), "/a.tar", "/b.tar", "/c.tar"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"/a.tar", "/b.tar", "/c.tar"}, calls()); diff != "" {
		t.Error(diff)
	}
}

func TestAFailedImportIsTriedAgain(t *testing.T) {
	n, calls := newNode(t)
	err := n.ImportOnce(t.Context(), "/a.tar", "/bad.tar")
	if err == nil || !strings.Contains(err.Error(), "broken archive") {
		t.Fatalf("error is %v", err)
	}
	if err := n.ImportOnce(t.Context(), "/a.tar", "/bad.tar"); err == nil {
		t.Error("a failed import was remembered as done")
	}
	if diff := cmp.Diff([]string{"/a.tar"}, calls()); diff != "" {
		t.Error(diff)
	}
}
