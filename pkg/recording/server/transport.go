package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// Transport returns a transport that asks the handler of a recording in this process, whatever the host.
func Transport(r *recording.Recording) http.RoundTripper { return inProcess{Handler(r)} }

type inProcess struct{ handler http.Handler }

// RoundTrip runs the handler beside its reader, so that a watch is read as it goes on.
func (t inProcess) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(request.Context())
	body, pipe := io.Pipe()
	answer := &response{header: http.Header{}, pipe: pipe, begun: make(chan struct{})}
	served := request.Clone(ctx)
	if served.Body == nil {
		served.Body = http.NoBody
	}
	go func() {
		defer served.Body.Close()
		err := t.serve(answer, served)
		answer.WriteHeader(http.StatusOK)
		_ = pipe.CloseWithError(err) // It never fails.
	}()
	select {
	case <-answer.begun:
	case <-ctx.Done():
		cancel()
		_ = body.CloseWithError(ctx.Err())
		return nil, request.Context().Err()
	}
	context.AfterFunc(ctx, func() { _ = body.CloseWithError(context.Cause(ctx)) })
	return &http.Response{
		Status: fmt.Sprintf("%d %s", answer.code, http.StatusText(answer.code)), StatusCode: answer.code, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: answer.sent, Body: &stream{PipeReader: body, cancel: cancel}, ContentLength: -1, Request: request,
	}, nil
}

// serve runs the handler, and returns how its answer ends for the reader: as on a connection, where it was broken off.
func (t inProcess) serve(answer http.ResponseWriter, request *http.Request) (err error) {
	defer func() {
		switch reason := recover(); reason {
		case nil:
		case http.ErrAbortHandler:
			err = io.ErrUnexpectedEOF
		default:
			panic(reason)
		}
	}()
	t.handler.ServeHTTP(answer, request)
	return nil
}

// response is the handler's side.
type response struct {
	header, sent http.Header
	code         int
	pipe         *io.PipeWriter
	begun        chan struct{}
	once         sync.Once
}

func (r *response) Header() http.Header { return r.header }

func (r *response) WriteHeader(code int) {
	r.once.Do(func() {
		r.code, r.sent = code, r.header.Clone()
		close(r.begun)
	})
}

func (r *response) Write(data []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.pipe.Write(data)
}

// Flush has nothing to do: what is written is there at once.
func (r *response) Flush() {}

// stream is the client's side. Closing it tells the handler that nobody reads any more.
type stream struct {
	*io.PipeReader
	cancel context.CancelFunc
}

func (s *stream) Close() error {
	s.cancel()
	return s.PipeReader.Close()
}

// CloseIdleConnections has nothing to do; clients ask for it.
func (inProcess) CloseIdleConnections() {}
