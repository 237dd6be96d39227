package readiness

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAwaitReturnsAsSoonAsItIsTrue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		looks := 0
		err := Await(t.Context(), time.Minute, func(context.Context) error {
			looks++
			if looks < 3 {
				return errors.New("not yet")
			}
			return nil
		})
		if err != nil || time.Since(began) != 2*interval {
			t.Errorf("error %v after %s, want none after %s", err, time.Since(began), 2*interval)
		}
	})
}

func TestAwaitFailsWithWhatWasMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		missing := errors.New("the node is not Ready")
		began := time.Now()
		err := Await(t.Context(), time.Minute, func(context.Context) error { return missing })
		if !errors.Is(err, missing) || !strings.Contains(err.Error(), "within 1m0s") {
			t.Errorf("error is %v", err)
		}
		if waited := time.Since(began); waited != time.Minute {
			t.Errorf("it waited %s, want a minute", waited)
		}
	})
}

func TestAFinalErrorEndsTheWait(t *testing.T) {
	cause := errors.New("exit status 1")
	looks := 0
	err := Await(t.Context(), time.Hour, func(context.Context) error { looks++; return Final(cause) })
	if !errors.Is(err, cause) || looks != 1 {
		t.Errorf("error is %v after %d looks", err, looks)
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupted := errors.New("interrupted")
	err := Await(ctx, time.Hour, func(context.Context) error { cancel(interrupted); return errors.New("not yet") })
	if !errors.Is(err, interrupted) || !strings.Contains(err.Error(), "not yet") {
		t.Errorf("error is %v", err)
	}
}

func TestALookThatHangsIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := Await(t.Context(), time.Second, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v", err)
		}
	})
}
