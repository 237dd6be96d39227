package input

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Files opens files by their paths.
type Files struct {
	// Stdin is the standard input; nil refuses it.
	Stdin io.Reader
}

// Opened is a file that is read. Its reads end with the context that it was opened with.
type Opened struct {
	io.Reader
	// Changed is when the file was last written; what comes from a pipe is as new as it can be.
	Changed time.Time
	file    *os.File
}

// Close closes the file; the standard input stays open.
func (o *Opened) Close() error {
	if o.file == nil {
		return nil
	}
	return o.file.Close()
}

// IsStdin reports whether a path means the standard input.
func IsStdin(path string) bool {
	switch path {
	case "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0":
		return true
	}
	return false
}

// Open opens a regular file, or the standard input. Errors are without the path, or one whole sentence.
func (f Files) Open(ctx context.Context, path string) (*Opened, error) {
	if IsStdin(path) {
		return f.stdin(ctx)
	}
	return await(ctx, func() (*Opened, error) {
		// Asked before it is opened: opening a fifo waits for who writes to it.
		info, err := os.Stat(path)
		if err != nil {
			return nil, cause(err)
		}
		if !info.Mode().IsRegular() {
			return nil, special(path, info.Mode())
		}
		return open(ctx, path)
	})
}

// Stream opens whatever a path means, pipes included, as kubectl does for -f: a shell's <(COMMAND) is one.
func (f Files) Stream(ctx context.Context, path string) (*Opened, error) {
	if IsStdin(path) {
		return f.stdin(ctx)
	}
	return await(ctx, func() (*Opened, error) { return open(ctx, path) })
}

// Read reads a whole file of at most so many bytes.
func (f Files) Read(ctx context.Context, path string, most int64) ([]byte, error) {
	file, err := f.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(Bounded(file, path, most))
}

func (f Files) stdin(ctx context.Context) (*Opened, error) {
	if f.Stdin == nil {
		return nil, errors.New("there is no standard input")
	}
	opened := &Opened{Reader: Reader(ctx, f.Stdin), Changed: time.Now()}
	if file, isFile := f.Stdin.(*os.File); isFile {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			opened.Changed = info.ModTime()
		}
	}
	return opened, nil
}

func open(ctx context.Context, path string) (*Opened, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(cause(err), file.Close())
	}
	return &Opened{Reader: Reader(ctx, file), Changed: info.ModTime(), file: file}, nil
}

// special is the error for what is neither a regular file nor the standard input.
func special(path string, mode fs.FileMode) error {
	kind := "device"
	switch {
	case mode.IsDir():
		kind = "directory"
	case mode&fs.ModeNamedPipe != 0:
		kind = "pipe"
	case mode&fs.ModeSocket != 0:
		kind = "socket"
	}
	return message.Errorf(nil, "input.special", message.Args{"Path": path, "Kind": kind})
}

// cause is an error without the path that it is about.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
