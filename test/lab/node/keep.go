package node

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// kept are directories that are held open while their parents are covered by other mounts.
type kept []*os.File

func open(dirs ...string) (kept, error) {
	var k kept
	for _, dir := range dirs {
		f, err := os.Open(dir)
		if err != nil {
			k.close()
			return nil, err
		}
		k = append(k, f)
	}
	return k, nil
}

func (k kept) close() {
	for _, f := range k {
		f.Close()
	}
}

// bindBack mounts those that have been covered at their old paths again.
func (k kept) bindBack() error {
	for _, f := range k {
		was, err := f.Stat()
		if err != nil {
			return err
		}
		if now, err := os.Stat(f.Name()); err == nil && os.SameFile(was, now) {
			continue
		}
		if err := os.MkdirAll(f.Name(), 0o755); err != nil {
			return err
		}
		from := fmt.Sprintf("/proc/self/fd/%d", f.Fd())
		if err := unix.Mount(from, f.Name(), "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
			return fmt.Errorf("keeping %s reachable: %w", f.Name(), err)
		}
	}
	return nil
}
