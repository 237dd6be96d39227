package faults

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// later is how long a server waits for a client of this machine to take what it is sent.
func later() time.Time { return time.Now().Add(5 * time.Second) }

// api is an API server that can be killed and started again at the same address.
type api struct {
	address string
	handler http.Handler

	mutex  sync.Mutex
	server *http.Server
	timer  *time.Timer
}

// serve starts a server whose good answers are spoilt by a fault.
func serve(t *testing.T, good http.Handler, f fault) *api {
	t.Helper()
	s := &api{}
	answer := f.behave(s)
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f.paged && r.URL.Query().Has("limit") {
			query := r.URL.Query()
			query.Set("limit", "2")
			r.URL.RawQuery = query.Encode()
		}
		if f.hits(r) {
			answer(w, r, good)
			return
		}
		good.ServeHTTP(w, r)
	})
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	s.start(listener)
	t.Cleanup(s.kill)
	if f.closed {
		s.kill()
	}
	return s
}

func (s *api) start(listener net.Listener) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.server = &http.Server{Handler: s.handler, ReadHeaderTimeout: time.Minute}
	go func(server *http.Server) { _ = server.Serve(listener) }(s.server)
}

// kill ends the server and all its connections at once.
func (s *api) kill() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	_ = s.server.Close()
	if s.timer != nil {
		s.timer.Stop()
	}
}

// restart kills the server, and starts it again after a while.
func (s *api) restart(after time.Duration) {
	s.kill()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.timer = time.AfterFunc(after, func() {
		if listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", s.address); err == nil {
			s.start(listener)
		}
	})
}
