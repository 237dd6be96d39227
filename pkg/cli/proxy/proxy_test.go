package proxy

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

const kubeconfig = `
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
contexts: [{name: c, context: {cluster: c, namespace: shop}}]
current-context: c
`

func parse(t *testing.T, line ...string) (*Options, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kubeconfig")
	if err := os.WriteFile(path, []byte(kubeconfig), 0o600); err != nil {
		t.Fatal(err)
	}
	env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(string) string { return "" })
	env.Config.KubeConfig = &path
	flags, set := &Flags{Proxy: action.DefaultProxy()}, pflag.NewFlagSet("proxy", pflag.ContinueOnError)
	flags.AddFlags(set)
	if err := set.Parse(line); err != nil {
		t.Fatal(err)
	}
	return flags.ToOptions(env, set)
}

func TestToOptions(t *testing.T) {
	socket := action.DefaultProxy()
	socket.UnixSocket = "/tmp/api.sock"
	changed := action.DefaultProxy()
	changed.Port, changed.Address, changed.APIPrefix, changed.DisableFilter = 0, "::1", "/k8s", true
	tests := map[string]struct {
		line []string
		want action.Proxy
	}{
		"kubectl's defaults": {nil, action.DefaultProxy()},
		"a socket":           {[]string{"-u", "/tmp/api.sock"}, socket},
		"all sorts":          {[]string{"-p", "0", "--address=::1", "--api-prefix=/k8s", "--disable-filter"}, changed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			options, err := parse(t, test.line...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, options.Proxy); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if options.Namespace != "shop" {
				t.Errorf("namespace %q", options.Namespace)
			}
		})
	}
}

func TestToOptionsErrors(t *testing.T) {
	tests := map[string]struct {
		line []string
		want string
	}{
		"port and socket": {[]string{"--port=8001", "-u", "/tmp/api.sock"}, "--port and --unix-socket exclude each other; leave one out"},
		"no directory":    {[]string{"--www=/nonexistent"}, "--www /nonexistent is not a directory; give one whose files may be served"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := parse(t, test.line...); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// server is a double that listens nowhere.
type server struct {
	address net.Addr
	served  bool
}

func (s *server) Serve(_ context.Context, _ action.Proxy, started func(net.Addr)) error {
	s.served = true
	started(s.address)
	return nil
}

func (s *server) Server() string { return "https://api/clusters/1" }

type probe casefile.Answer[string]

func (p probe) ServerVersion(context.Context) casefile.Answer[string] {
	return casefile.Answer[string](p)
}

func TestRun(t *testing.T) {
	unreached := errors.New("unreached")
	tcp := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8001}
	const path = "/api/v1/namespaces/shop/pods/POD:PORT/proxy/"
	const warning = "Warning: the URL of the server has the path /clusters/1, which requests lack; with --append-server-path they get it\n"
	tests := map[string]struct {
		probe       probe
		address     net.Addr
		prefix      string
		out, errOut string
		wantErr     error
	}{
		"a port": {
			probe: probe{State: casefile.Known}, address: tcp, prefix: "/",
			out: "Starting to serve on 127.0.0.1:8001\n", errOut: warning + "The app in a pod is at http://127.0.0.1:8001" + path + " (Ctrl-C stops the proxy)\n",
		},
		"a prefix": {
			probe: probe{State: casefile.Known}, address: tcp, prefix: "k8s",
			out: "Starting to serve on 127.0.0.1:8001\n", errOut: warning + "The app in a pod is at http://127.0.0.1:8001/k8s" + path + " (Ctrl-C stops the proxy)\n",
		},
		"a socket": {
			probe: probe{State: casefile.Denied, Err: unreached}, address: &net.UnixAddr{Name: "/tmp/s", Net: "unix"}, prefix: "/",
			out: "Starting to serve on /tmp/s\n", errOut: warning + "The app in a pod: curl --unix-socket /tmp/s http://localhost" + path + " (Ctrl-C stops the proxy)\n",
		},
		"no server": {probe: probe{State: casefile.Failed, Err: unreached}, wantErr: unreached},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			messages, err := message.NewCatalog(message.English)
			if err != nil {
				t.Fatal(err)
			}
			var out, errOut bytes.Buffer
			double := &server{address: test.address}
			options := &Options{
				Proxy: action.Proxy{APIPrefix: test.prefix, DisableFilter: true, UnixSocket: "x"}, Namespace: "shop", Server: double, Probe: test.probe,
				Tell: notice.New(&errOut, messages), Streams: genericiooptions.IOStreams{Out: &out, ErrOut: &errOut},
			}
			if err := options.Run(t.Context()); !errors.Is(err, test.wantErr) {
				t.Errorf("got %v, want %v", err, test.wantErr)
			}
			if diff := cmp.Diff(test.out, out.String()); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.errOut, errOut.String()); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
			if double.served == (test.wantErr != nil) {
				t.Errorf("served: %v", double.served)
			}
		})
	}
}
