package recording

import (
	"bufio"
	"context"
	"io"
	"os"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Open reads a recording from a path: a file that Writer wrote, else, as far as they go, YAML or JSON of `kubectl get` and a
// directory of `kubectl cluster-info dump`. Those do not tell when they were taken; the time of the file stands for it.
func Open(ctx context.Context, files input.Files, path string, limits Limits) (*Recording, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() && !input.IsStdin(path) {
		return readDump(ctx, path, limits)
	}
	file, err := files.Open(ctx, path)
	if err != nil {
		return nil, openError(path, err)
	}
	defer file.Close()
	in := bufio.NewReader(file)
	if magic, err := in.Peek(len(zstdMagic)); err == nil && string(magic) == zstdMagic {
		return Read(ctx, in, limits)
	}
	return ReadPlain(ctx, in, file.Changed, limits)
}

func openError(path string, err error) error {
	return input.Explain(err, "recording.open", message.Args{"Path": path})
}

// ReadPlain reads objects as `kubectl get -o yaml` or `-o json` prints them. What is not among them is taken not to exist
// where a list of its kind is there; nothing is known of other kinds.
func ReadPlain(ctx context.Context, r io.Reader, takenAt time.Time, limits Limits) (*Recording, error) {
	found := newPlain(ctx, limits)
	if err := found.read(&bounded{reader: r, left: limits.Compressed}); err != nil {
		return nil, explain(err)
	}
	return found.recording(takenAt)
}
