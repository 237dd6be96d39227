package lock

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/kubectl-podkit/podkit/test/lab/readiness"
)

// Lock is a held lock.
type Lock struct{ file *os.File }

// patience is the longest that a command waits for another one: the first `up` of a machine may take 15 minutes.
const patience = 30 * time.Minute

// Acquire takes the lock at path for the command described by holder, waiting up to half an hour. If it has to wait,
// waiting is called once with the description of the one who holds it.
func Acquire(ctx context.Context, path, holder string, waiting func(holder string)) (*Lock, error) {
	var held *Lock
	told := false
	err := readiness.Await(ctx, patience, func(context.Context) error {
		l, err := try(path)
		switch {
		case err == nil:
			held = l
			return nil
		case errors.Is(err, unix.EWOULDBLOCK):
			if !told {
				told = true
				waiting(Holder(path))
			}
			return fmt.Errorf("%s holds it", Holder(path))
		case errors.Is(err, errReplaced):
			return err
		}
		return readiness.Final(err)
	})
	if err != nil {
		return nil, fmt.Errorf("locking the lab with %s: %w", path, err)
	}
	return held, held.sign(holder)
}

// Holder is what the last holder of the lock said of itself.
func Holder(path string) string {
	data, err := os.ReadFile(path)
	if text := strings.TrimSpace(string(data)); err == nil && text != "" {
		return text
	}
	return "another lab command"
}

// errReplaced says that the file was deleted between opening and locking it.
var errReplaced = errors.New("the lock file was replaced")

func try(path string) (*Lock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	l := &Lock{file: f}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return nil, errors.Join(err, l.Release())
	}
	mine, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, l.Release())
	}
	there, err := os.Stat(path)
	if err != nil || !os.SameFile(mine, there) {
		return nil, errors.Join(errReplaced, l.Release())
	}
	return l, nil
}

func (l *Lock) sign(holder string) error {
	if err := l.file.Truncate(0); err != nil {
		return fmt.Errorf("writing lock file: %w", err)
	}
	if _, err := l.file.WriteAt([]byte(holder+"\n"), 0); err != nil {
		return fmt.Errorf("writing lock file: %w", err)
	}
	return nil
}

// Release lets go of the lock and leaves the file.
func (l *Lock) Release() error { return l.file.Close() }

// Remove deletes the lock file and lets go: for the command that leaves nothing behind. Who waits for the old file
// notices that it was replaced.
func (l *Lock) Remove() error {
	return errors.Join(os.Remove(l.file.Name()), l.Release())
}
