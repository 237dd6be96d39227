package action

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"k8s.io/kubectl/pkg/proxy"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// stopTime is how long requests that are under way may take to end when the proxy stops; watches never end themselves.
const stopTime = time.Second

// Proxy is how the API is served on a local address: the flags of `kubectl proxy`.
type Proxy struct {
	// Address and Port are listened on; port 0 takes a free one. UnixSocket, a path, takes their place when it is set.
	Address    string
	Port       int
	UnixSocket string
	// APIPrefix is the path under which the API is served.
	APIPrefix string
	// StaticDir is served under StaticPrefix, unless it is empty.
	StaticDir, StaticPrefix string
	// The filters are regular expressions, several separated by commas; DisableFilter lets everything pass.
	AcceptPaths, RejectPaths, AcceptHosts, RejectMethods string
	DisableFilter                                        bool
	// Keepalive is the period of TCP keep-alive of upgraded connections; 0 means the system's.
	Keepalive time.Duration
	// AppendServerPath puts the path of the server's URL before each request's.
	AppendServerPath bool
}

// DefaultProxy returns kubectl's defaults (kubectl pkg/cmd/proxy/proxy.go, NewProxyOptions).
func DefaultProxy() Proxy {
	return Proxy{
		Address: "127.0.0.1", Port: 8001, APIPrefix: "/", StaticPrefix: "/static/",
		AcceptPaths: proxy.DefaultPathAcceptRE, RejectPaths: proxy.DefaultPathRejectRE,
		AcceptHosts: proxy.DefaultHostAcceptRE, RejectMethods: proxy.DefaultMethodRejectRE,
	}
}

// Serve passes requests on to the API server, with the user's own credentials, until ctx ends. started is called once it
// listens, with the address.
func (c *Client) Serve(ctx context.Context, p Proxy, started func(net.Addr)) error {
	handler, err := c.proxyHandler(p)
	if err != nil {
		return err
	}
	listener, err := p.listen()
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { stopped <- shutDown(server) })
	started(listener.Addr())
	err = server.Serve(listener)
	if stop() || !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving on %s: %w", listener.Addr(), err)
	}
	return <-stopped
}

// shutDown lets short requests end, and cuts the others off.
func shutDown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// Warnings are what a user should know before such a proxy is started.
func (p Proxy) Warnings(server string) []Note {
	var notes []Note
	switch {
	case p.DisableFilter && p.UnixSocket == "":
		notes = append(notes, Note{ID: "proxy.unfiltered"})
	case !p.DisableFilter && (p.RejectPaths == "" || p.RejectMethods == ""):
		notes = append(notes, Note{ID: "proxy.relaxed"})
	}
	if at, err := url.Parse(server); err == nil && !p.AppendServerPath && strings.Trim(at.Path, "/") != "" {
		notes = append(notes, Note{ID: "proxy.server-path", Args: message.Args{"Path": at.Path}})
	}
	return notes
}

// Server is the URL of the API server.
func (c *Client) Server() string { return c.config.Host }

func (c *Client) proxyHandler(p Proxy) (http.Handler, error) {
	filter, err := p.filter()
	if err != nil {
		return nil, err
	}
	api := withSlash(p.APIPrefix)
	handler, err := proxy.NewProxyHandler(api, filter, c.config, p.Keepalive, p.AppendServerPath)
	if err != nil {
		return nil, fmt.Errorf("preparing the proxy to %s: %w", c.config.Host, err)
	}
	mux := http.NewServeMux()
	mux.Handle(api, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Whoever asks decides how long to wait, and what to make of the answer.
		handler.ServeHTTP(w, r.WithContext(cluster.Unbounded(r.Context())))
	}))
	if static := withSlash(p.StaticPrefix); p.StaticDir != "" {
		if static == api {
			return nil, message.Errorf(nil, "proxy.prefixes", message.Args{"Prefix": api})
		}
		mux.Handle(static, http.StripPrefix(static, http.FileServer(http.Dir(p.StaticDir))))
	}
	return mux, nil
}

// withSlash returns a path prefix in the form that http.ServeMux takes for everything below it.
func withSlash(prefix string) string {
	return strings.TrimRight("/"+strings.Trim(prefix, "/"), "/") + "/"
}

// Path returns the path under which the proxy serves the path of the API. A prefix that begins with /api is part of
// the API's own paths (kubectl pkg/proxy/proxy_server.go, NewProxyHandler).
func (p Proxy) Path(api string) string {
	if prefix := withSlash(p.APIPrefix); !strings.HasPrefix(prefix, "/api") {
		return strings.TrimRight(prefix, "/") + api
	}
	return api
}

// filter reads the regular expressions; kubectl itself would end the process over a wrong one.
func (p Proxy) filter() (*proxy.FilterServer, error) {
	if p.DisableFilter {
		return nil, nil
	}
	filter := &proxy.FilterServer{}
	for _, part := range []struct {
		flag, text string
		into       *[]*regexp.Regexp
	}{
		{"--accept-paths", p.AcceptPaths, &filter.AcceptPaths},
		{"--reject-paths", p.RejectPaths, &filter.RejectPaths},
		{"--accept-hosts", p.AcceptHosts, &filter.AcceptHosts},
		{"--reject-methods", p.RejectMethods, &filter.RejectMethods},
	} {
		var err error
		if *part.into, err = proxy.MakeRegexpArray(part.text); err != nil {
			return nil, message.Errorf(err, "proxy.filter", message.Args{"Flag": part.flag, "Cause": err.Error()})
		}
	}
	return filter, nil
}

func (p Proxy) listen() (net.Listener, error) {
	if p.UnixSocket != "" {
		listener, err := (&proxy.Server{}).ListenUnix(p.UnixSocket)
		if err != nil {
			return nil, message.Errorf(err, "proxy.socket", message.Args{"Path": p.UnixSocket, "Cause": err.Error()})
		}
		return listener, nil
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(p.Address, strconv.Itoa(p.Port)))
	if err != nil {
		return nil, message.Errorf(err, "proxy.listen", message.Args{"Address": p.Address, "Port": p.Port, "Cause": err.Error()})
	}
	return listener, nil
}
