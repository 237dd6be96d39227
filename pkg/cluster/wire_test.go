package cluster_test

import (
	"context"
	"io"
	"net/http"
	"testing"
	"testing/synctest"

	"k8s.io/client-go/rest"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// timed runs a test against a server without a network, where the clock stands still while anybody works: a wait of half a
// minute takes no time, and is exact.
func timed(t *testing.T, prepare func(*server), test func(t *testing.T, s *server)) {
	t.Helper()
	s := serve(t) // Outside, as it listens all the same.
	prepare(s)
	synctest.Test(t, func(t *testing.T) { test(t, s) })
}

// within returns a reader of the server within bounds, and with --request-timeout unless it is empty.
func (s *server) within(t *testing.T, bounds *cluster.Bounds, timeout string) *cluster.Cluster {
	t.Helper()
	flags := flags(t, s.http.URL)
	flags.WrapConfigFn = func(config *rest.Config) *rest.Config {
		config.Transport = wire{s}
		return bounds.Wrap(config)
	}
	if timeout != "" {
		flags.Timeout = &timeout
	}
	reader, err := cluster.New(flags, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

// bounded returns a reader of the server within bounds, over the network.
func (s *server) bounded(bounds *cluster.Bounds) *cluster.Cluster {
	s.t.Helper()
	flags := flags(s.t, s.http.URL)
	flags.WrapConfigFn = bounds.Wrap
	reader, err := cluster.New(flags, io.Discard)
	if err != nil {
		s.t.Fatal(err)
	}
	return reader
}

// wire carries requests to a handler in this process.
type wire struct{ http.Handler }

func (w wire) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, hangUp := context.WithCancel(request.Context())
	read, write := io.Pipe()
	answer := &answering{body: write, header: http.Header{}, begun: make(chan int, 1)}
	context.AfterFunc(ctx, func() { _ = write.CloseWithError(ctx.Err()) })
	broken := make(chan struct{})
	go func() {
		defer hangUp()
		defer func() {
			if recover() != nil { // http.ErrAbortHandler: the connection ends.
				close(broken)
				_ = write.CloseWithError(io.ErrUnexpectedEOF)
			}
		}()
		w.ServeHTTP(answer, request.WithContext(ctx))
		answer.WriteHeader(http.StatusOK)
		_ = write.CloseWithError(ctx.Err())
	}()
	select {
	case code := <-answer.begun:
		return &http.Response{StatusCode: code, Header: answer.header.Clone(), Body: carried{read, hangUp}, Request: request}, nil
	case <-broken:
		return nil, io.EOF
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// carried is a body whose reader can hang up.
type carried struct {
	io.ReadCloser
	hangUp context.CancelFunc
}

func (c carried) Close() error {
	c.hangUp()
	return c.ReadCloser.Close()
}

// answering is what a handler writes to.
type answering struct {
	body   io.Writer
	header http.Header
	begun  chan int
	wrote  bool
}

func (a *answering) Header() http.Header { return a.header }
func (a *answering) Flush()              { a.WriteHeader(http.StatusOK) }

func (a *answering) WriteHeader(code int) {
	if !a.wrote {
		a.wrote = true
		a.begun <- code
	}
}

func (a *answering) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}
