package lock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func nobody(t *testing.T) func(string) {
	return func(holder string) { t.Errorf("waited for %s", holder) }
}

func acquire(t *testing.T, path string) *Lock {
	t.Helper()
	l, err := Acquire(t.Context(), path, "process 1 (lab up)", nobody(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheSecondWaitsAndIsToldForWhom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first := acquire(t, path)
	told := make(chan string, 1)
	got := make(chan error, 1)
	go func() {
		second, err := Acquire(t.Context(), path, "process 2 (lab down)", func(holder string) { told <- holder })
		if err == nil {
			err = second.Release()
		}
		got <- err
	}()
	if holder := <-told; holder != "process 1 (lab up)" {
		t.Errorf("the second waits for %q", holder)
	}
	select {
	case err := <-got:
		t.Fatalf("the second did not wait: %v", err)
	default:
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	if err := <-got; err != nil {
		t.Error(err)
	}
	if holder := Holder(path); holder != "process 2 (lab down)" {
		t.Errorf("the holder is %q", holder)
	}
}

func TestALockWhoseFileWasRemovedHoldsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first := acquire(t, path)
	if err := first.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	second := acquire(t, path)
	if err := second.Release(); err != nil {
		t.Error(err)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first := acquire(t, path)
	t.Cleanup(func() {
		if err := first.Release(); err != nil {
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Acquire(ctx, path, "process 2", func(string) {})
	if err == nil || !strings.Contains(err.Error(), "process 1 (lab up) holds it") {
		t.Errorf("error is %v", err)
	}
}
