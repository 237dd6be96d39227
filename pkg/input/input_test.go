package input_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRead(t *testing.T) {
	files := input.Files{Stdin: strings.NewReader("typed")}
	for path, want := range map[string]string{written(t, "hello"): "hello", "-": "typed"} {
		if got, err := files.Read(t.Context(), path, 5); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if _, err := files.Read(t.Context(), filepath.Join(t.TempDir(), "none"), 5); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), "none") {
		t.Errorf("what is not there: %v", err)
	}
}

// TestRefused: what may never end or is too large is refused in a sentence.
func TestRefused(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	defer listener.Close()
	for path, want := range map[string]string{
		t.TempDir(): "input.special", "/dev/null": "input.special", socket: "input.special", written(t, "hello!"): "input.large",
	} {
		_, err := input.Files{}.Read(t.Context(), path, 5)
		var told *message.Error
		if !errors.As(err, &told) || told.ID != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
		if input.Explain(err, "error.filename", nil) != err { //nolint:errorlint // It is to be the same one.
			t.Errorf("%s: the sentence is put into another", path)
		}
	}
}

// TestReaderEndsWithItsContext: a read that waits for ever is given up.
func TestReaderEndsWithItsContext(t *testing.T) {
	silent, writer := io.Pipe()
	defer writer.Close()
	ctx, cancel := context.WithCancel(t.Context())
	read := make(chan error)
	go func() {
		_, err := io.ReadAll(input.Reader(ctx, silent))
		read <- err
	}()
	if _, err := writer.Write([]byte("one")); err != nil { // It returns once that was read.
		t.Fatal(err)
	}
	cancel()
	if err := <-read; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
