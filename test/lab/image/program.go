package image

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// build compiles the program as a static binary for this machine. It is
// built outside any module, so that no workspace or vendor folder has a say.
func (p program) build(ctx context.Context) (file, error) {
	if err := need("go"); err != nil {
		return file{}, fmt.Errorf("building %s: %w", p.Path, err)
	}
	dir, err := os.MkdirTemp("", "podkit-image-")
	if err != nil {
		return file{}, fmt.Errorf("building %s: %w", p.Path, err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(p.Source), 0o644); err != nil {
		return file{}, fmt.Errorf("building %s: %w", p.Path, err)
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", "program", "main.go")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+hostArchitecture, "GOFLAGS=", "GOWORK=off")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return file{}, fmt.Errorf("building %s: %w: %s", p.Path, err, strings.TrimSpace(output.String()))
	}
	body, err := os.ReadFile(filepath.Join(dir, "program"))
	if err != nil {
		return file{}, fmt.Errorf("building %s: %w", p.Path, err)
	}
	return file{Path: p.Path, Mode: 0o755, Body: string(body)}, nil
}
