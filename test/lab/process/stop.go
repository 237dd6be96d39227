package process

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// Stop ends a process: SIGTERM, and SIGKILL once grace is over; a grace of zero kills at once, as a power cut would.
// It returns when the process is gone and is happy when it already was. The signal goes through a pidfd that was
// checked against the identity, so that it cannot hit a process that has inherited the pid.
func Stop(ctx context.Context, id Identity, grace time.Duration) error {
	if !id.Alive() {
		return nil
	}
	fd, err := unix.PidfdOpen(id.PID, 0)
	if errors.Is(err, unix.ESRCH) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("stopping process %d: %w", id.PID, err)
	}
	defer unix.Close(fd)
	if !id.Alive() {
		return nil
	}
	if grace > 0 {
		if err := signal(fd, unix.SIGTERM); err != nil {
			return fmt.Errorf("stopping process %d: %w", id.PID, err)
		}
		gone, err := awaitExit(ctx, fd, grace)
		if gone || err != nil {
			return err
		}
	}
	if err := signal(fd, unix.SIGKILL); err != nil {
		return fmt.Errorf("killing process %d: %w", id.PID, err)
	}
	const patience = 20 * time.Second
	gone, err := awaitExit(ctx, fd, patience)
	if err != nil {
		return err
	}
	if !gone {
		return fmt.Errorf("process %d survives SIGKILL for %s; look at /proc/%d/stack", id.PID, patience, id.PID)
	}
	return nil
}

func signal(fd int, number unix.Signal) error {
	err := unix.PidfdSendSignal(fd, number, nil, 0)
	if errors.Is(err, unix.ESRCH) {
		return nil
	}
	return err
}

// awaitExit waits for the process behind a pidfd; the kernel makes the descriptor readable when it has ended. It looks
// up in between only to see whether the context has been cancelled.
func awaitExit(ctx context.Context, fd int, limit time.Duration) (bool, error) {
	const look = 100 * time.Millisecond
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); {
		if err := ctx.Err(); err != nil {
			return false, fmt.Errorf("waiting for a process to end: %w", err)
		}
		ready, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(look.Milliseconds()))
		if err != nil && !errors.Is(err, unix.EINTR) {
			return false, fmt.Errorf("waiting for a process to end: %w", err)
		}
		if ready > 0 {
			return true, nil
		}
	}
	return false, nil
}
