// Package logs is the command that prints the logs of containers, the previous instance's where that tells more.
package logs

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
)

var long = templates.LongDesc(`
	Print the logs of the containers of pods.

	The container is chosen as kubectl chooses it: the one of -c, else the pod's default container, else the first.
	Where that container has died and waits to be restarted, the log of the instance that died is read, and stderr says
	so; --previous and --previous=false choose for yourself.

	An owner (deploy/web, job/load, svc/api) or a selector stands for all its pods. When more than one log is read, each
	line is preceded by [pod/NAME/CONTAINER]. A log that cannot be read is told on stderr and does not keep the others
	from being read; the exit code is 1 when none could be read.

	A followed log ends with its container; restarts, and pods that are made later, are not picked up.

	On a terminal, control characters in logs are shown instead of obeyed; a pipe gets the bytes as they are.`)

var example = templates.Examples(`
	# The log of a pod, or of its previous instance if it is crash-looping
	kubectl podkit logs web-0

	# What all pods of a Deployment say from now on
	kubectl podkit logs deploy/web -f --tail=0

	# All containers of a pod, the last hour, with timestamps
	kubectl podkit logs web-0 --all-containers --since=1h --timestamps

	# The log of the running instance, however little it says yet
	kubectl podkit logs web-0 --previous=false

	# The last 100 lines of one container in the pods with a label
	kubectl podkit logs -l app=web -c proxy --tail=100`)

// Flags are the flags as typed.
type Flags struct {
	selection.Selectors
	Container             string
	AllContainers         bool
	Follow                bool
	Previous              bool
	Since                 time.Duration
	SinceTime             string
	Tail                  int64
	LimitBytes            int64
	Timestamps            bool
	Prefix                bool
	IgnoreErrors          bool
	MaxLogRequests        int
	PodRunningTimeout     time.Duration
	InsecureSkipTLSVerify bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "logs (POD... | TYPE/NAME... | -l SELECTOR)",
		Short:             "Print the logs of containers, of the previous instance where that tells more",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.Pods(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := flags.ToOptions(env, cmd.Flags(), args)
			if err != nil {
				return err
			}
			return options.Run(cmd.Context())
		},
	}
	flags.AddFlags(cmd.Flags())
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("container", completion.Containers(env))
	_ = cmd.RegisterFlagCompletionFunc("since", completion.Values("1m", "5m", "15m", "1h", "24h"))
	_ = cmd.RegisterFlagCompletionFunc("tail", completion.Values("10", "50", "100", "1000"))
	return cmd
}

// AddFlags registers the flags under kubectl's names.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	f.Selectors.AddFlags(flags)
	flags.StringVarP(&f.Container, "container", "c", "", "Print the log of this container")
	flags.BoolVar(&f.AllContainers, "all-containers", false, "Print the logs of all containers, init containers first")
	flags.BoolVarP(&f.Follow, "follow", "f", false, "Go on printing what is logged")
	flags.BoolVarP(&f.Previous, "previous", "p", false, "Print the log of the previous instance; --previous=false that of the current one (default: the one that tells most)")
	flags.DurationVar(&f.Since, "since", 0, "Only lines newer than this, for example 5s, 2m, 3h")
	flags.StringVar(&f.SinceTime, "since-time", "", "Only lines after this time (RFC3339), for example 2026-01-02T15:04:05Z")
	flags.Int64Var(&f.Tail, "tail", -1, "Only so many of the last lines; -1 is all (default: 10 for pods chosen by a selector, else all)")
	flags.Int64Var(&f.LimitBytes, "limit-bytes", 0, "At most so many bytes of each log; 0 is all")
	flags.BoolVar(&f.Timestamps, "timestamps", false, "Precede each line by its time")
	flags.BoolVar(&f.Prefix, "prefix", false, "Precede each line by its pod and container (default: when more than one log is read)")
	flags.BoolVar(&f.IgnoreErrors, "ignore-errors", false, "Exit with 0 even if no log could be read")
	flags.IntVar(&f.MaxLogRequests, "max-log-requests", 5, "Follow at most so many logs at once")
	flags.DurationVar(&f.PodRunningTimeout, "pod-running-timeout", 20*time.Second, "How long a followed container may take to start")
	flags.BoolVar(&f.InsecureSkipTLSVerify, "insecure-skip-tls-verify-backend", false, "Do not check the identity of the kubelets: a log may then come from somebody else")
}
