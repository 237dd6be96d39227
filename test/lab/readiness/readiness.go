package readiness

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// interval is the pause between two looks. Looks are cheap and local, and it bounds what a wait can waste.
const interval = 50 * time.Millisecond

// final marks an error after which looking again is pointless.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// Final makes [Await] give up at once with this error.
func Final(err error) error { return final{err} }

// Await calls check until it returns nil. It fails with check's last error when patience is over, with a [Final]
// error at once, and with the context's when that ends. Each call of check gets a context of at most five seconds.
func Await(ctx context.Context, patience time.Duration, check func(context.Context) error) error {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		err := look(ctx, check)
		if err == nil {
			return nil
		}
		var last final
		if errors.As(err, &last) {
			return last.error
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (until then: %w)", context.Cause(ctx), err)
		case <-deadline.C:
			return fmt.Errorf("not ready within %s: %w", patience, err)
		case <-ticker.C:
		}
	}
}

func look(ctx context.Context, check func(context.Context) error) error {
	const limit = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return check(ctx)
}
