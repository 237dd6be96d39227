package service

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata with what the code makes")

func TestConfig(t *testing.T) {
	for _, name := range []string{"kube-proxy.yaml", "Corefile", "objects.yaml"} {
		t.Run(name, func(t *testing.T) {
			got, err := render(name, "/var/lib/podkit-lab/config/part.kubeconfig")
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name)
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
		})
	}
}
