package network

import (
	"os"
	"path/filepath"
	"testing"
)

// tree stands for /proc/sys.
func tree(t *testing.T, values map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, value := range values {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(value+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func value(t *testing.T, root, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestSettingsComeBack(t *testing.T) {
	s := sysctls{root: tree(t, map[string]string{"net/ipv4/ip_forward": "0", "kernel/panic": "1"})}
	file := filepath.Join(t.TempDir(), "sysctls.json")
	if err := s.apply(file); err != nil {
		t.Fatal(err)
	}
	if got := value(t, s.root, "net/ipv4/ip_forward"); got != "1" {
		t.Errorf("ip_forward is %q", got)
	}
	// The kubelet changes this one, and a second run of the lab must not take that for the machine's own value.
	if err := os.WriteFile(filepath.Join(s.root, "kernel/panic"), []byte("10\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.apply(file); err != nil {
		t.Fatal(err)
	}
	if err := s.restore(file); err != nil {
		t.Fatal(err)
	}
	if got := value(t, s.root, "net/ipv4/ip_forward") + value(t, s.root, "kernel/panic"); got != "01" {
		t.Errorf("ip_forward and panic are %q, want 01", got)
	}
}

func TestNothingToRestore(t *testing.T) {
	s := sysctls{root: t.TempDir()}
	if err := s.restore(filepath.Join(t.TempDir(), "missing.json")); err != nil {
		t.Error(err)
	}
}
