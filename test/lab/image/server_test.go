package image

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServerSourceIsFoundFromBelow(t *testing.T) {
	root := t.TempDir()
	below := filepath.Join(root, "test", "lab")
	for _, dir := range []string{below, filepath.Join(root, "deploy", "demo")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "deploy", "demo", "server.js"), []byte("the app"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := serverSource(below); err != nil || got != "the app" {
		t.Errorf("found %q, %v", got, err)
	}
	if _, err := serverSource(t.TempDir()); err == nil || !strings.Contains(err.Error(), "inside a checkout") {
		t.Errorf("outside a checkout the error is %v", err)
	}
}
