package replay

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/connection"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Options are what replay was asked to do.
type Options struct {
	Recording *recording.Recording
	Listen    string
	// Local refuses requests that were meant for another host: a web page that had this address resolved to itself.
	Local bool

	Messages    *message.Catalog
	Out, ErrOut io.Writer
}

// ToOptions checks the flags and reads the file.
func (f *Flags) ToOptions(env *environment.Environment, path string) (*Options, error) {
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return nil, message.Errorf(err, "replay.address", message.Args{"Address": f.Listen, "Cause": err.Error()})
	}
	if !loopback(host) && !f.Remote {
		return nil, message.Errorf(nil, "replay.remote", message.Args{"Address": f.Listen})
	}
	options := &Options{Listen: f.Listen, Local: loopback(host), Out: env.Streams.Out, ErrOut: env.Streams.ErrOut}
	if options.Messages, err = env.Messages(); err != nil {
		return nil, err
	}
	env.Economize()
	options.Recording, err = recording.Open(env.Context, env.Files(), path, recording.DefaultLimits())
	return options, err
}

// loopback reports whether a host is this machine as seen from itself.
func loopback(host string) bool {
	address := net.ParseIP(host)
	return host == "localhost" || address != nil && address.IsLoopback()
}

// patience is how long a client may take to say what it wants, and how long requests may take to end.
const patience = 10 * time.Second

// Run serves the recording until the context ends.
func (o *Options) Run(ctx context.Context) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return message.Errorf(err, "replay.listen", message.Args{"Address": o.Listen, "Cause": err.Error()})
	}
	url := "http://" + listener.Addr().String()
	path, err := o.kubeconfig(url)
	if err != nil {
		_ = listener.Close() // The first error counts.
		return message.Errorf(err, "replay.kubeconfig", message.Args{"Cause": err.Error()})
	}
	defer os.Remove(path)
	handler := server.Handler(o.Recording)
	if o.Local {
		handler = local(handler)
	}
	// Watches end with the context.
	serving := &http.Server{Handler: handler, ReadHeaderTimeout: patience, BaseContext: func(net.Listener) context.Context { return ctx }}
	stopped := context.AfterFunc(ctx, func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		_ = serving.Shutdown(ending) // What did not end by then ends with the process.
	})
	defer stopped()
	taken := o.Recording.Header.TakenAt.Format(time.RFC3339)
	fmt.Fprintln(o.ErrOut, o.Messages.Text("replay.serving", message.Args{"URL": url, "Time": taken}))
	fmt.Fprintln(o.Out, o.Messages.Command(shellword.New("export KUBECONFIG=%s", path)))
	err = serving.Serve(listener)
	if ctx.Err() != nil {
		return nil
	}
	return message.Errorf(err, "replay.listen", message.Args{"Address": o.Listen, "Cause": err.Error()})
}

// kubeconfig writes a kubeconfig that names the server, to a file of its own.
func (o *Options) kubeconfig(url string) (string, error) {
	data, err := connection.Kubeconfig(o.Recording, url)
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "podkit-replay-*.kubeconfig")
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return file.Name(), err
}

// local lets only requests pass that name this machine as their host.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !loopback(host) {
			http.Error(w, "this server is for this machine alone", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
