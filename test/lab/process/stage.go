package process

import (
	"fmt"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/kubectl-podkit/podkit/test/lab/cgroup"
)

// Stage is the last step before a program runs: what has to happen inside its process.
type Stage struct {
	// Record is the file that will name the process.
	Record string
	// Digest goes into the record.
	Digest string
	// Cgroup is the group to join, relative to the root of the hierarchies; empty for none.
	Cgroup string
	// Namespace is the process whose mount namespace is entered; 0 stays in the caller's.
	Namespace int
}

// Exec joins the cgroup, writes the record, enters the mount namespace and becomes the program. It returns only on
// failure. The order matters: from the first line on the process can be found by its cgroup, from the second by name.
func (s Stage) Exec(program string, args []string) error {
	if err := s.join(); err != nil {
		return err
	}
	id, err := Identify(os.Getpid())
	if err != nil {
		return err
	}
	if err := (Record{Identity: id, Digest: s.Digest}).Write(s.Record); err != nil {
		return err
	}
	if s.Namespace != 0 {
		if err := enterMounts(s.Namespace); err != nil {
			return fmt.Errorf("entering the mount namespace of process %d: %w", s.Namespace, err)
		}
	}
	argv := append([]string{program}, args...)
	return fmt.Errorf("starting %s: %w", program, syscall.Exec(program, argv, os.Environ()))
}

func (s Stage) join() error {
	if s.Cgroup == "" {
		return nil
	}
	tree, err := cgroup.Mounted()
	if err != nil {
		return err
	}
	return tree.Join(s.Cgroup, os.Getpid())
}

// enterMounts moves this thread, and with the exec that follows the process, into another mount namespace. The kernel
// refuses that to a thread that shares its working directory with others, as every thread of a Go program does.
func enterMounts(pid int) error {
	runtime.LockOSThread()
	namespace, err := os.Open(fmt.Sprintf("/proc/%d/ns/mnt", pid))
	if err != nil {
		return err
	}
	defer namespace.Close()
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("setns: %w", err)
	}
	return unix.Chdir("/")
}
