package input

import (
	"context"
	"io"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// chunk is how much is read at a time.
const chunk = 64 << 10

// result is what came of something that was waited for.
type result[T any] struct {
	value T
	err   error
}

// await does work that nothing can interrupt, and does not wait for it any longer once the context has ended.
func await[T any](ctx context.Context, work func() (T, error)) (T, error) {
	done := make(chan result[T], 1)
	go func() {
		value, err := work()
		done <- result[T]{value, err}
	}()
	select {
	case found := <-done:
		return found.value, found.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// Reader returns a reader whose reads end with a context, whatever the one below waits for. A read that was given up goes
// on until something comes, and takes that with it.
func Reader(ctx context.Context, r io.Reader) io.Reader { return &reader{ctx: ctx, below: r} }

type reader struct {
	ctx   context.Context
	below io.Reader
	// buffer is what is read into: who gave a read up has another use for its own.
	buffer []byte
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if len(r.buffer) < min(len(p), chunk) {
		r.buffer = make([]byte, min(len(p), chunk))
	}
	into := r.buffer[:min(len(p), len(r.buffer))]
	n, err := await(r.ctx, func() (int, error) { return r.below.Read(into) })
	return copy(p, into[:n]), err
}

// Bounded returns a reader that fails with a sentence where a file goes on after so many bytes.
func Bounded(r io.Reader, path string, most int64) io.Reader {
	return &bounded{reader: io.LimitReader(r, most+1), path: path, most: most, left: most}
}

type bounded struct {
	reader     io.Reader
	path       string
	most, left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, message.Errorf(nil, "input.large", message.Args{"Path": b.path, "MiB": b.most >> 20})
	}
	return n, err
}
