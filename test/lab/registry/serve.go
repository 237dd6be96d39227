package registry

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"
)

// Config says what the registries serve and where.
type Config struct {
	// StateDir is where the untrusted registry's CA certificate is written.
	StateDir string
	// Images are served by every endpoint that serves at all.
	Images []Image
	// Endpoints defaults to [Endpoints].
	Endpoints []Endpoint
	// Log gets one line a request; nil for none.
	Log io.Writer
}

// Serve runs the registries until ctx is done, which is no error. It returns
// early when an address is taken or an image can't be read; the error says which.
func Serve(ctx context.Context, cfg Config) error {
	s, err := Listen(cfg)
	if err != nil {
		return err
	}
	return s.Serve(ctx)
}

// Server is a set of registries whose addresses are taken. Serve must be called.
type Server struct {
	config    Config
	endpoints []Endpoint
	listeners []net.Listener
	servers   []*http.Server
}

// Listen takes the addresses, so that [Server.Endpoints] can name those that the
// kernel chose.
func Listen(cfg Config) (*Server, error) {
	if cfg.Endpoints == nil {
		cfg.Endpoints = Endpoints()
	}
	if cfg.Log == nil {
		cfg.Log = io.Discard
	}
	logger := log.New(cfg.Log, "", log.LstdFlags)
	store := registry.New(registry.Logger(logger))
	s := &Server{config: cfg}
	for _, e := range cfg.Endpoints {
		if err := s.listen(e, store, logger); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func (s *Server) listen(e Endpoint, store http.Handler, logger *log.Logger) error {
	listener, err := net.Listen("tcp", e.Address)
	if err != nil {
		return fmt.Errorf("starting the %s registry (is another lab running?): %w", e.Kind, err)
	}
	e.Address = listener.Addr().String()
	server := &http.Server{Handler: handler(e.Kind, store), ErrorLog: logger, ReadHeaderTimeout: 10 * time.Second}
	if e.Kind == Untrusted {
		certificate, err := untrusted(s.config.StateDir)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	}
	s.endpoints = append(s.endpoints, e)
	s.listeners = append(s.listeners, listener)
	s.servers = append(s.servers, server)
	return nil
}

// Endpoints lists the addresses in use, in the configuration's order.
func (s *Server) Endpoints() []Endpoint { return s.endpoints }

// Serve answers on every endpoint and fills the store, until ctx is done, which
// is no error.
func (s *Server) Serve(ctx context.Context) error {
	serving, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var running sync.WaitGroup
	for i, server := range s.servers {
		running.Go(func() {
			err := server.Serve(s.listeners[i])
			if !errors.Is(err, http.ErrServerClosed) {
				stop(fmt.Errorf("serving the %s registry: %w", s.endpoints[i].Kind, err))
			}
		})
	}
	err := s.fill(serving)
	if err == nil {
		<-serving.Done()
	}
	if err == nil && ctx.Err() == nil {
		err = context.Cause(serving)
	}
	err = errors.Join(err, s.close())
	running.Wait()
	return err
}

// fill pushes the images through the open endpoint.
func (s *Server) fill(ctx context.Context) error {
	for _, e := range s.endpoints {
		if e.Kind != Open {
			continue
		}
		for _, image := range s.config.Images {
			if err := image.push(ctx, e.Address); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
	return nil
}

// close ends the servers and the listeners that no server has taken yet.
func (s *Server) close() error {
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Close())
	}
	for _, listener := range s.listeners {
		if err := listener.Close(); !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
