package process

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/readiness"
)

// Supervisor starts and stops parts of one lab. It holds no state of its own: all it knows is on disk and in /proc.
type Supervisor struct {
	paths paths.Paths
	say   func(format string, args ...any)
}

// NewSupervisor returns a supervisor that reports what it does through say, one line a call.
func NewSupervisor(p paths.Paths, say func(format string, args ...any)) *Supervisor {
	return &Supervisor{paths: p, say: say}
}

// Ensure makes the part run, as described, and ready. A part that already does is left alone; one that runs with
// another description, or does not become ready in time, is restarted; a dead one is started. Errors are [PartError]s.
func (s *Supervisor) Ensure(ctx context.Context, spec Spec) error {
	if err := s.ensure(ctx, spec); err != nil {
		return NewPartError(spec.Name, err, s.paths.Log(spec.Name))
	}
	return nil
}

func (s *Supervisor) ensure(ctx context.Context, spec Spec) error {
	record, err := ReadRecord(s.paths.Record(spec.Name))
	if err != nil {
		return err
	}
	if record.Alive() {
		healthy, err := s.keep(ctx, spec, record)
		if healthy || err != nil {
			return err
		}
	}
	// From here on the record can only be the new process's.
	if err := s.forget(spec.Name); err != nil {
		return err
	}
	if err := killOrphans(ctx, spec); err != nil {
		return err
	}
	began := time.Now()
	exited, err := s.start(spec)
	if err != nil {
		return err
	}
	if err := s.await(ctx, spec, spec.patience(), exited); err != nil {
		return err
	}
	s.say("%s is ready after %s", spec.Name, time.Since(began).Round(100*time.Millisecond))
	return nil
}

// keep reports whether a running part may stay; if not, it has been stopped.
func (s *Supervisor) keep(ctx context.Context, spec Spec, record Record) (bool, error) {
	reason := "its settings changed"
	if record.Digest == spec.Digest() {
		// A part that was just started by a lab command that died may still be on its way.
		const secondChance = 15 * time.Second
		err := s.await(ctx, spec, secondChance, nil)
		if err == nil {
			return true, nil
		}
		if ctx.Err() != nil {
			return false, err
		}
		reason = err.Error()
	}
	s.say("%s is restarted: %s", spec.Name, reason)
	return false, Stop(ctx, record.Identity, stopGrace)
}

// stopGrace is what a part gets between SIGTERM and SIGKILL.
const stopGrace = 5 * time.Second

// start launches the part in a session of its own, through [Stage], and returns a channel that tells its exit.
func (s *Supervisor) start(spec Spec) (<-chan error, error) {
	log, err := openLog(s.paths.Log(spec.Name))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	args := []string{
		"stage", "--record", s.paths.Record(spec.Name), "--digest", spec.Digest(),
		"--cgroup", spec.Cgroup, "--namespace", strconv.Itoa(spec.Namespace), "--", spec.Program,
	}
	cmd := exec.Command(s.paths.Executable(), append(args, spec.Args...)...)
	cmd.Dir = "/"
	cmd.Env = environment()
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if spec.Attributes != nil {
		*cmd.SysProcAttr = *spec.Attributes
	}
	cmd.SysProcAttr.Setsid = true
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting: %w", err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	return exited, nil
}

// environment is all that a part sees of the caller's: nothing that could send its traffic through a proxy or change
// how it behaves from one run to the next.
func environment() []string {
	return []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"}
}

func openLog(file string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, fmt.Errorf("opening log: %w", err)
	}
	log, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("opening log: %w", err)
	}
	return log, nil
}

// await waits until the part is ready. A part whose exit is seen fails at once. The answer counts only while the part's
// own process runs: what answers otherwise is somebody else, or a trace of a former run.
func (s *Supervisor) await(ctx context.Context, spec Spec, patience time.Duration, exited <-chan error) error {
	return readiness.Await(ctx, patience, func(ctx context.Context) error {
		select {
		case err := <-exited:
			if err == nil {
				err = errors.New("exit status 0")
			}
			return readiness.Final(fmt.Errorf("ended before it was ready: %w", err))
		default:
		}
		record, err := ReadRecord(s.paths.Record(spec.Name))
		if err != nil {
			return err
		}
		if !record.Alive() || record.Digest != spec.Digest() {
			return errors.New("its process has not begun")
		}
		return spec.Ready(ctx)
	})
}

// Stop ends a part and forgets it; one that does not run is fine.
func (s *Supervisor) Stop(ctx context.Context, part string) error {
	return s.end(ctx, part, stopGrace)
}

// Kill ends a part without giving it the chance to say goodbye.
func (s *Supervisor) Kill(ctx context.Context, part string) error {
	return s.end(ctx, part, 0)
}

func (s *Supervisor) end(ctx context.Context, part string, grace time.Duration) error {
	record, err := ReadRecord(s.paths.Record(part))
	if err != nil {
		return err
	}
	if err := Stop(ctx, record.Identity, grace); err != nil {
		return NewPartError(part, err, s.paths.Log(part))
	}
	return s.forget(part)
}

func (s *Supervisor) forget(part string) error {
	if err := os.Remove(s.paths.Record(part)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forgetting %s: %w", part, err)
	}
	return nil
}

// Find returns the identity of a part's process, and whether it runs.
func (s *Supervisor) Find(part string) (Identity, bool) {
	record, err := ReadRecord(s.paths.Record(part))
	if err != nil {
		return Identity{}, false
	}
	return record.Identity, record.Alive()
}
