package node

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

var update = flag.Bool("update", false, "rewrite testdata with what the code makes")

func TestConfig(t *testing.T) {
	lab := paths.Paths{State: "/var/lib/podkit-lab"}
	node2 := topology.Nodes()[1]
	serving := pki.Pair{CertFile: "/pki/serving.crt", KeyFile: "/pki/serving.key"}
	c, err := render(node2, lab.Node(node2.Name), "example.com/pause:1", serving, "/pki/ca.crt")
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]byte{
		"containerd.toml": c.containerd, "cni.conflist": c.network, "kubelet.yaml": c.kubelet,
	} {
		golden(t, filepath.Join("testdata", name), got)
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (run with -update if that is meant):\n%s", file, diff)
	}
}
