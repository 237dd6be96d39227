package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/test/lab/file"
)

// Import loads docker-archive files into the node's containerd, in the kubelet's namespace there.
func (n *Node) Import(ctx context.Context, archives ...string) error {
	for _, archive := range archives {
		cmd := exec.CommandContext(ctx, "ctr", "--address", n.paths.Socket(), "--namespace", "k8s.io", "images", "import", archive)
		if output, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("importing %s into %s: %w: %s", filepath.Base(archive), n.Name(), err, strings.TrimSpace(string(output)))
		}
	}
	return nil
}

// ImportOnce imports those of the files that the node does not have from an earlier call. An archive's name stands for
// its content, as the archives of package image are named.
func (n *Node) ImportOnce(ctx context.Context, archives ...string) error {
	have, err := n.imported()
	if err != nil {
		return err
	}
	began := time.Now()
	count := 0
	for _, archive := range archives {
		if have[archive] {
			continue
		}
		if err := n.Import(ctx, archive); err != nil {
			return err
		}
		have[archive] = true
		count++
		if err := n.rememberImports(have); err != nil {
			return err
		}
	}
	if count > 0 {
		n.say("%s has imported %d images after %s", n.Name(), count, time.Since(began).Round(100*time.Millisecond))
	}
	return nil
}

func (n *Node) imported() (map[string]bool, error) {
	have := map[string]bool{}
	data, err := os.ReadFile(n.paths.Imports())
	if errors.Is(err, fs.ErrNotExist) {
		return have, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what %s has imported: %w", n.Name(), err)
	}
	if err := json.Unmarshal(data, &have); err != nil {
		return nil, fmt.Errorf("reading what %s has imported: %s: %w; delete the file", n.Name(), n.paths.Imports(), err)
	}
	return have, nil
}

func (n *Node) rememberImports(have map[string]bool) error {
	data, err := json.MarshalIndent(have, "", "  ")
	if err != nil {
		return fmt.Errorf("remembering what %s has imported: %w", n.Name(), err)
	}
	return file.Write(n.paths.Imports(), data, 0o644)
}
