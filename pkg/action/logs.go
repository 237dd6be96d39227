package action

import (
	"context"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// startPoll is how often a container that is to be followed is asked whether it has started, as kubectl does.
const startPoll = time.Second

// LogSink takes what is read. Its methods are never called at the same time.
type LogSink interface {
	// Line takes one line, its newline included; the last line of a log may lack it. The bytes are the server's, and
	// are not kept after the call. An error, of a closed output, stops all streams.
	Line(stream LogStream, line []byte) error
	// Failed takes the error of one stream, a sentence; the others go on.
	Failed(stream LogStream, err error)
}

// Logs reads the streams of a plan: one after the other, or all at once when they are followed. It returns how many of
// them could be read to their end; an error means that ctx or the output has ended, or that there are too many.
func (c *Client) Logs(ctx context.Context, query *LogQuery, streams []LogStream, sink LogSink) (read int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	reading := &logReading{client: c, query: query, sink: sink, cancel: cancel}
	if !query.Follow {
		for _, stream := range streams {
			reading.read(ctx, stream)
		}
		return reading.result(ctx)
	}
	if len(streams) > 1 && len(streams) > query.MaxStreams {
		return 0, message.Errorf(nil, "logs.too-many", message.Args{"Streams": len(streams), "Max": query.MaxStreams})
	}
	var all sync.WaitGroup
	for _, stream := range streams {
		all.Go(func() { reading.read(ctx, stream) })
	}
	all.Wait()
	return reading.result(ctx)
}

// logReading is one call of Logs: it serialises the streams' lines and counts their ends.
type logReading struct {
	client *Client
	query  *LogQuery
	cancel context.CancelFunc

	mu     sync.Mutex
	sink   LogSink
	done   int
	closed error // The output's error, after which nothing is read any more.
}

func (r *logReading) read(ctx context.Context, stream LogStream) {
	if ctx.Err() != nil {
		return
	}
	err := r.open(ctx, stream)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err == nil:
		r.done++
	case ctx.Err() == nil && r.closed == nil:
		r.sink.Failed(stream, err)
	}
}

// open reads one stream to its end. One that is followed is tried again while its container has not started: the
// kubelet answers 400 so long.
func (r *logReading) open(ctx context.Context, stream LogStream) error {
	write := func(line []byte) error { return r.line(stream, line) }
	options := r.query.options(stream)
	if !options.Follow || started(statusOf(stream.Pod, stream.Container)) {
		return r.client.readLog(ctx, stream.Pod, options, write)
	}
	var last error
	err := wait.PollUntilContextTimeout(ctx, startPoll, r.query.StartTimeout, true, func(context.Context) (bool, error) {
		last = r.client.readLog(ctx, stream.Pod, options, write)
		if apierrors.IsBadRequest(last) {
			return false, nil
		}
		return true, last
	})
	if wait.Interrupted(err) && last != nil {
		return last
	}
	return err
}

func (r *logReading) line(stream LogStream, line []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed != nil {
		return r.closed
	}
	if err := r.sink.Line(stream, line); err != nil {
		r.closed = err
		r.cancel()
		return err
	}
	return nil
}

func (r *logReading) result(ctx context.Context) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed != nil {
		return r.done, r.closed
	}
	return r.done, ctx.Err()
}
