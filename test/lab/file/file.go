package file

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write makes path hold data, and the directory for it if missing. The change happens in one step: a reader, or a run
// that goes on after a kill, finds the old content or the new one. A file that holds data already is not touched, since
// some programs take any write as a change (kube-proxy exits, to be restarted).
func Write(path string, data []byte, mode fs.FileMode) error {
	if current, err := os.ReadFile(path); err == nil && bytes.Equal(current, data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.WriteFile(path+".new", data, mode); err != nil {
		return fmt.Errorf("writing %s: %w; is the disk full?", path, err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
