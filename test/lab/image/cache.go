package image

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// lockRetry is how long a build waits before it asks again whether another one
// has finished.
const lockRetry = 200 * time.Millisecond

// lockDir takes the cache for this process, waiting for another build to end,
// and returns what gives it back. The kernel drops the lock of a process that
// dies.
func lockDir(ctx context.Context, dir string, log io.Writer) (func() error, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("locking the image cache %q: %w", dir, err)
	}
	tick := time.NewTicker(lockRetry)
	defer tick.Stop()
	for said := false; ; said = true {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f.Close, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(fmt.Errorf("locking the image cache %q: %w", dir, err), f.Close())
		}
		if !said {
			fmt.Fprintf(log, "images: another build is at work in %s; waiting for it\n", dir)
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("waiting for another build in %q: %w", dir, context.Cause(ctx)), f.Close())
		case <-tick.C:
		}
	}
}

// cached makes the file at path with write, unless it is there. It appears whole
// or not at all: a reader of the cache needs no lock.
func cached(path string, write func(io.Writer) error) (err error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("making room for %q: %w", path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("writing %q: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("writing %q: %w", path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("writing %q: %w", path, err)
	}
	return nil
}
