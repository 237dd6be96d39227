// Package nodes is the command that shows what Nodes are made of and what they have left for pods.
package nodes

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"
	"k8s.io/kubectl/pkg/scheme"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/nodestate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

var long = templates.LongDesc(`
	Show what Nodes are made of and what they have left: whether they are ready, how many pods they run, how much CPU
	and memory those have requested of what there is for pods, the versions of kubelet and container runtime, and in
	the column WHY what is wrong.`)

var example = templates.Examples(`
	# All nodes, those with a problem first
	kubectl podkit nodes

	# One node, with its address, system and kernel
	kubectl podkit nodes node1 -o wide

	# The nodes with a label, as YAML
	kubectl podkit nodes -l kubernetes.io/os=linux -o yaml`)

// Flags are the flags as typed.
type Flags struct {
	Print     *genericclioptions.PrintFlags
	Labels    string
	NoHeaders bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{Print: genericclioptions.NewPrintFlags("").WithTypeSetter(scheme.Scheme)}
	cmd := &cobra.Command{
		Use:     "nodes [NODE...]",
		Aliases: []string{"node", "no"},
		Short:   "Show what Nodes are made of and what they have left",
		Long:    long,
		Example: example,
		RunE:    environment.RunE(env, flags.ToOptions),
	}
	flags.AddFlags(cmd)
	return cmd
}

// AddFlags registers the flags under kubectl's names.
func (f *Flags) AddFlags(cmd *cobra.Command) {
	f.Print.AddFlags(cmd)
	cmd.Flags().Lookup("output").Usage += " Or wide, for address, system and kernel as well."
	cmd.Flags().StringVarP(&f.Labels, "selector", "l", "", "Label selector, for example -l kubernetes.io/os=linux")
	cmd.Flags().BoolVar(&f.NoHeaders, "no-headers", false, "Print rows without the header")
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	if len(args) > 0 && f.Labels != "" {
		return nil, message.Errorf(nil, "error.names-and-selector", nil)
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	options := &Options{
		Query: casefile.Query{Names: args, Labels: f.Labels}, Messages: messages,
		Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	options.table.NoHeaders = f.NoHeaders
	if options.Printer, options.table.Wide, err = report.Printer(f.Print, options.Terminal); err != nil {
		return nil, err
	}
	options.Cluster, err = env.Cluster()
	return options, err
}

// Cluster is what nodes reads.
type Cluster interface {
	Nodes(context.Context, casefile.Query) casefile.Answer[[]corev1.Node]
	Pods(context.Context, casefile.Query) casefile.Answer[[]corev1.Pod]
	Objects(ctx context.Context, resource string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured]
}

// Options are what nodes was asked to do.
type Options struct {
	Query casefile.Query
	// Printer prints objects untouched; nil means the table.
	Printer printers.ResourcePrinter

	Cluster  Cluster
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time

	table printers.PrintOptions
}

// living selects the pods that count against a node.
const living = "status.phase!=Succeeded,status.phase!=Failed"

// Run prints the nodes with two reads: the nodes, and the pods of the cluster. Who may not read the pods still sees the
// nodes, and is told what is missing.
func (o *Options) Run(ctx context.Context) error {
	if o.Printer != nil {
		return o.printRaw(ctx)
	}
	nodes, err := o.Cluster.Nodes(ctx, o.Query).Get()
	if err != nil {
		return err
	}
	query := casefile.Query{Fields: living}
	if len(nodes) == 1 {
		query.Fields += ",spec.nodeName=" + nodes[0].Name
	}
	pods := o.Cluster.Pods(ctx, query)
	table := report.NodeTable(nodestate.Of(nodes, pods.Value), pods.State == casefile.Known, o.Now(), o.Messages)
	if err := report.PrintTable(o.Streams.Out, table, o.table, o.Terminal); err != nil || pods.Err == nil {
		return err
	}
	text := o.Messages.Text("node.pods-unread", message.Args{"Cause": report.Sentence(pods.Err, o.Messages)})
	_, err = fmt.Fprintln(o.Streams.ErrOut, text)
	return err
}

// printRaw prints the objects as the server sent them: a single named node as itself, anything else as a List.
func (o *Options) printRaw(ctx context.Context) error {
	nodes, err := o.Cluster.Objects(ctx, "nodes", o.Query).Get()
	if err != nil {
		return err
	}
	return o.Printer.PrintObj(report.Untouched(nodes, len(o.Query.Names) == 1), o.Streams.Out)
}
