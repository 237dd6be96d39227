// Package proxy is the command that serves the API on a local port, as kubectl proxy does.
package proxy

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

var long = templates.LongDesc(`
	Serve the Kubernetes API on a local port, with your own credentials: what is asked of this port is asked of the API
	server. It is kubectl's proxy, with the same flags.

	Pods live on a network of their own; through the proxy an app is reached under
	/api/v1/namespaces/NAMESPACE/pods/POD:PORT/proxy/. For a single request there is kubectl podkit curl.

	Ctrl-C stops it.`)

var example = templates.Examples(`
	# Serve the API on 127.0.0.1:8001; in another terminal: curl http://127.0.0.1:8001/api/v1/namespaces/default/pods/web-0:8080/proxy/
	kubectl podkit proxy

	# On any free port, which stdout tells
	kubectl podkit proxy --port=0

	# The pods API alone, and nothing that changes anything
	kubectl podkit proxy --accept-paths='^/api/v1/namespaces/[^/]+/pods' --reject-methods='POST,PUT,PATCH,DELETE'

	# On a socket that only you can open
	kubectl podkit proxy --unix-socket=/tmp/api.sock`)

// Flags are the flags as typed.
type Flags struct {
	action.Proxy
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{Proxy: action.DefaultProxy()}
	cmd := &cobra.Command{
		Use:     "proxy",
		Short:   "Serve the Kubernetes API on a local port",
		Long:    long,
		Example: example,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options, err := flags.ToOptions(env, cmd.Flags())
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	return cmd
}

// AddFlags registers the flags under kubectl's names, with its defaults.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&f.StaticDir, "www", "w", f.StaticDir, "Serve the files of this directory, too")
	flags.StringVarP(&f.StaticPrefix, "www-prefix", "P", f.StaticPrefix, "Path under which the files are served")
	flags.StringVar(&f.APIPrefix, "api-prefix", f.APIPrefix, "Path under which the API is served")
	flags.StringVar(&f.AcceptPaths, "accept-paths", f.AcceptPaths, "Regular expressions of the paths to accept")
	flags.StringVar(&f.RejectPaths, "reject-paths", f.RejectPaths, "Regular expressions of the paths to reject, though they are accepted by --accept-paths")
	flags.StringVar(&f.AcceptHosts, "accept-hosts", f.AcceptHosts, "Regular expressions of the hosts to accept")
	flags.StringVar(&f.RejectMethods, "reject-methods", f.RejectMethods, "Regular expressions of the methods to reject, for example POST,PUT,PATCH")
	flags.IntVarP(&f.Port, "port", "p", f.Port, "Port to listen on; 0 takes a free one")
	flags.StringVar(&f.Address, "address", f.Address, "IP address to listen on")
	flags.BoolVar(&f.DisableFilter, "disable-filter", f.DisableFilter, "Let all requests pass; any page in your browser can then use your credentials")
	flags.StringVarP(&f.UnixSocket, "unix-socket", "u", f.UnixSocket, "Unix socket to listen on instead of a port")
	flags.DurationVar(&f.Keepalive, "keepalive", f.Keepalive, "Keep-alive period of connections; 0 means the system's")
	flags.BoolVar(&f.AppendServerPath, "append-server-path", f.AppendServerPath, "Put the path of the server's URL before each request's")
}
