package image

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestCachedAppearsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "sub", "layer")
	broken := errors.New("broken")
	err := cached(path, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("error is %v, want %v", err, broken)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 0 {
		t.Fatalf("a failed write left %v, %v", left, err)
	}

	writes := 0
	for range 2 {
		err := cached(path, func(w io.Writer) error {
			writes++
			_, err := io.WriteString(w, "whole")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	body, err := os.ReadFile(path)
	if err != nil || string(body) != "whole" || writes != 1 {
		t.Errorf("after two calls: %q, %v, written %d times", body, err, writes)
	}
}

func TestLockDirWaits(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lockDir(t.Context(), dir, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	var log strings.Builder
	if _, err := lockDir(ctx, dir, &log); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a taken lock gave %v, want the deadline", err)
	}
	if !strings.Contains(log.String(), dir) {
		t.Errorf("nobody was told what is being waited for: %q", log.String())
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	again, err := lockDir(t.Context(), dir, io.Discard)
	if err != nil {
		t.Fatalf("a free lock gave %v", err)
	}
	if err := again(); err != nil {
		t.Fatal(err)
	}
}
