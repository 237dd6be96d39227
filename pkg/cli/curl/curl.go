// Package curl is the command that sends one HTTP request to the app in a pod, through the API server.
package curl

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

var long = templates.LongDesc(`
	Send one HTTP request to the app in a pod, through the API server's pods/proxy: no port is opened, and nothing runs
	in the pod. The body goes to stdout, the status and the time until the answer began to stderr.

	The address is [https:]POD[:PORT][/PATH] or [https:]TYPE/NAME[:PORT][/PATH], where TYPE is one of pod, deploy, rs,
	sts, ds, job, cj, rc and svc, or their long names. Any other word before the first slash is a pod's name. A port may
	be a container port's name; of a Service it is the Service's own port. Without one, the first port is taken that the
	pod declares. An owner stands for one of its pods, a ready one if there is any.

	The answer's headers are the app's and those that the API server adds; the HTTP version is that of the API server.
	Redirects are not followed. Authorization headers cannot reach the app, as the API server takes them for its own.

	The exit code is 0 when the app answered, whatever its status, 22 with --fail for a status of 400 or more, and 1 when
	the app could not be asked: then stderr says what stood in the way.`)

var example = templates.Examples(`
	# Ask the app in a pod, on the port that the pod declares
	kubectl podkit curl web-0

	# A path on another port, with the headers of the answer
	kubectl podkit curl -i web-0:9090/metrics

	# One of the pods behind a Service, by the name of the Service's port
	kubectl podkit curl svc/web:http/healthz

	# An app that speaks HTTPS; its certificate is not checked
	kubectl podkit curl https:web-0:8443/

	# Send JSON
	kubectl podkit curl deploy/web/orders -H 'Content-Type: application/json' -d '{"item": 7}'`)

// Flags are the flags as typed.
type Flags struct {
	Include bool
	Method  string
	Headers []string
	Data    []string
	Head    bool
	Fail    bool
	Verbose bool
	Silent  bool
	MaxTime float64
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "curl (POD | TYPE/NAME)[:PORT][/PATH]",
		Short:             "Send one HTTP request to the app in a pod",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.FirstPod(env),
		RunE:              environment.RunE(env, flags.ToOptions),
	}
	flags.AddFlags(cmd.Flags())
	return cmd
}

// AddFlags registers the flags under curl's names. -s is not among them, since it is kubectl's --server.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	flags.BoolVarP(&f.Include, "include", "i", false, "Print the answer's headers before its body")
	flags.StringVarP(&f.Method, "request", "X", "", "Method of the request (default: GET, POST with -d, HEAD with -I)")
	flags.StringArrayVarP(&f.Headers, "header", "H", nil, "Header of the request, for example 'Accept: text/plain'; may be repeated")
	flags.StringArrayVarP(&f.Data, "data", "d", nil, "Body of the request; @FILE reads it from a file, @- from standard input; several are joined by &")
	flags.BoolVarP(&f.Head, "head", "I", false, "Ask for the headers only")
	flags.BoolVarP(&f.Fail, "fail", "f", false, "Exit with 22 when the status is 400 or more; the body is printed all the same")
	flags.BoolVarP(&f.Verbose, "verbose", "v", false, "Print the method and the URL of the request on stderr")
	flags.BoolVar(&f.Silent, "silent", false, "Do not print status and time on stderr")
	flags.Float64VarP(&f.MaxTime, "max-time", "m", 0, "Seconds that the whole may take (default: that of --request-timeout)")
}
