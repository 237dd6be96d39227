package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// countPath answers with the traffic since it was last asked.
const countPath = "/bench/traffic"

// traffic is what a program asked of the server: requests, and the bytes of the answers' bodies.
type traffic struct{ Requests, Bytes int64 }

// serve serves a cluster on the loopback, whose URL it prints, until its input ends.
func serve(pods int, in io.Reader, out io.Writer) error {
	tape, err := cluster(pods)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	serving := &http.Server{Handler: &counter{next: server.Handler(tape)}, ReadHeaderTimeout: time.Minute}
	go func() {
		_, _ = io.Copy(io.Discard, in) // An input that breaks has ended as well.
		_ = serving.Close()
	}()
	fmt.Fprintln(out, "http://"+listener.Addr().String())
	if err := serving.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// counter counts the traffic of the handler behind it.
type counter struct {
	next            http.Handler
	requests, bytes atomic.Int64
}

// ServeHTTP counts a request before it is answered, so that no client that has its answer is ahead of the count.
func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == countPath {
		_ = json.NewEncoder(w).Encode(traffic{Requests: c.requests.Swap(0), Bytes: c.bytes.Swap(0)}) // As below.
		return
	}
	c.requests.Add(1)
	c.next.ServeHTTP(countedWriter{w, &c.bytes}, r)
}

type countedWriter struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

// Write counts and passes on.
func (w countedWriter) Write(p []byte) (int, error) {
	w.bytes.Add(int64(len(p)))
	return w.ResponseWriter.Write(p)
}
