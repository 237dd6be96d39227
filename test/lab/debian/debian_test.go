package debian

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMissing(t *testing.T) {
	const listing = "containerd installed\nrunc config-files\niptables not-installed\n"
	got := missing([]string{"etcd-server", "containerd", "runc", "iptables"}, listing)
	if diff := cmp.Diff([]string{"etcd-server", "runc", "iptables"}, got); diff != "" {
		t.Error(diff)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestThePolicyIsPutBack(t *testing.T) {
	for name, former := range map[string]string{"none": "", "the machine's own": "#!/bin/sh\nexit 0\n"} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "policy-rc.d")
			if former != "" {
				if err := os.WriteFile(file, []byte(former), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			// The first run is killed before it restores anything.
			if _, err := forbidServices(file); err != nil {
				t.Fatal(err)
			}
			restore, err := forbidServices(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := content(t, file); got != refusal {
				t.Errorf("while installing the policy is %q", got)
			}
			if err := restore(); err != nil {
				t.Fatal(err)
			}
			if got := content(t, file); got != former {
				t.Errorf("afterwards the policy is %q, want %q", got, former)
			}
			if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || (former == "") != (len(entries) == 0) {
				t.Errorf("left behind: %v (%v)", entries, err)
			}
		})
	}
}
