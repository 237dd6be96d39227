package proxy

import (
	"context"
	"fmt"
	"net"
	"os"

	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Server serves the API; action.Client does.
type Server interface {
	Serve(ctx context.Context, p action.Proxy, started func(net.Addr)) error
	Server() string
}

// Probe answers whether there is a server; cluster.Cluster does.
type Probe interface {
	ServerVersion(ctx context.Context) casefile.Answer[string]
}

// Options are what proxy was asked to do.
type Options struct {
	Proxy action.Proxy
	// Namespace stands in the URL that is shown as an example.
	Namespace string

	Server  Server
	Probe   Probe
	Tell    *notice.Teller
	Streams genericiooptions.IOStreams
}

// ToOptions checks the flags. changed is the set that they were parsed by.
func (f *Flags) ToOptions(env *environment.Environment, changed *pflag.FlagSet) (*Options, error) {
	if err := env.NeedsLive("recording.no-proxy", "proxy"); err != nil {
		return nil, err
	}
	if f.UnixSocket != "" && changed.Changed("port") {
		return nil, message.Errorf(nil, "proxy.port-and-socket", nil)
	}
	if f.StaticDir != "" {
		if found, err := os.Stat(f.StaticDir); err != nil || !found.IsDir() {
			return nil, message.Errorf(err, "proxy.www", message.Args{"Path": f.StaticDir})
		}
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	options := &Options{Proxy: f.Proxy, Streams: env.Streams, Tell: notice.New(env.Streams.ErrOut, messages)}
	if options.Namespace, err = env.Namespace(); err != nil {
		return nil, err
	}
	reader, err := env.Cluster()
	if err != nil {
		return nil, err
	}
	options.Probe = reader
	options.Server, err = action.New(reader)
	return options, err
}

// Run serves until ctx ends. A server that cannot be reached is told now, not at each request.
func (o *Options) Run(ctx context.Context) error {
	if answer := o.Probe.ServerVersion(ctx); answer.State == casefile.Failed {
		return answer.Err
	}
	o.Tell.Notes(o.Proxy.Warnings(o.Server.Server())...)
	return o.Server.Serve(ctx, o.Proxy, o.started)
}

// started prints kubectl's own line, which scripts read, and how a pod is reached.
func (o *Options) started(address net.Addr) {
	fmt.Fprintf(o.Streams.Out, "Starting to serve on %s\n", address)
	path := o.Proxy.Path("/api/v1/namespaces/" + o.Namespace + "/pods/POD:PORT/proxy/")
	args := message.Args{"Host": address.String(), "Path": path}
	if address.Network() == "unix" {
		o.Tell.Notes(action.Note{ID: "proxy.tip-socket", Args: args})
		return
	}
	o.Tell.Notes(action.Note{ID: "proxy.tip", Args: args})
}
