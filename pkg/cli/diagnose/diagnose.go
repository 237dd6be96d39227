// Package diagnose is the command that leads from pods to the root cause of their trouble, with evidence and the next
// commands.
package diagnose

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/completion"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

var long = templates.LongDesc(`
	Say why pods do not do what they should: the root cause in a sentence, what it leads to, the evidence and where it was
	read, and the commands to look further and to repair. It only reads.

	Without a target it answers for the namespace, with -A for the cluster; an owner (deploy/web) stands for its pods.
	Equal causes of replicas are told once. What could not be read is listed, with the right that is missing; it is never
	taken for something that does not exist.

	-o json and yaml give all that was found in a versioned document, in English unless --lang is given, so that scripts
	read the same everywhere; -o name gives the pods with a root cause. "kubectl podkit findings" explains every id.

	--report writes a file beside that, for others to read: FILE.md to paste into a ticket, FILE.html as one page with
	pictures that needs no network, FILE.sarif and FILE.xml (JUnit) for a CI system. -o markdown, html, sarif and junit
	print the same to the standard output. In all of these, values whose name or shape says that they are secret are replaced by
	placeholders, equal ones for equal values; it is a net with holes.`)

var example = templates.Examples(`
	# What is wrong in the namespace
	kubectl podkit diagnose

	# One pod, and the pods of a Deployment
	kubectl podkit why web-0
	kubectl podkit diagnose deploy/web

	# The whole cluster
	kubectl podkit diagnose -A

	# All of the evidence, whole stack traces, and what the cause means
	kubectl podkit diagnose web-0 -v

	# In a pipeline: exit with 3 when something keeps a pod of the release from working
	kubectl podkit diagnose -l release=v2 --fail-on=error

	# A page to attach to the incident, and a text for its ticket
	kubectl podkit diagnose -n shop --report incident.html --report incident.md

	# Test results for a CI system
	kubectl podkit diagnose -l release=v2 -o junit > podkit.xml

	# The root cause of each pod, for a script
	kubectl podkit diagnose -o 'jsonpath={range .targets[*]}{.object.name} {.rootCause.id}{"\n"}{end}'`)

// Flags are the flags as typed.
type Flags struct {
	selection.Flags
	Print       *genericclioptions.PrintFlags
	Publication publication.Flags
	FailOn      string
	Stats       bool
	Verbose     bool
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{Print: genericclioptions.NewPrintFlags("")}
	cmd := &cobra.Command{
		Use:               "diagnose [pods | POD... | TYPE/NAME...]",
		Aliases:           []string{"why"},
		Short:             "Say why pods fail: the root cause, its evidence, and what to do",
		Long:              long,
		Example:           example,
		ValidArgsFunction: completion.Pods(env),
		RunE:              environment.RunE(env, flags.ToOptions),
	}
	flags.AddFlags(cmd)
	return cmd
}

// AddFlags registers the flags, kubectl's under kubectl's names.
func (f *Flags) AddFlags(cmd *cobra.Command) {
	f.Flags.AddFlags(cmd.Flags())
	f.Print.AddFlags(cmd)
	cmd.Flags().Lookup("output").Usage = "Output format. One of: (" + strings.Join(f.outputs(), ", ") + ")."
	f.Publication.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&f.FailOn, "fail-on", "", "Exit with 3 when there is a finding as bad as this, or worse: error or warning")
	cmd.Flags().BoolVar(&f.Stats, "stats", false, "Say on the standard error what was asked of the server, and how long it took")
	cmd.Flags().BoolVarP(&f.Verbose, "verbose", "v", false, "Show all findings with all of their evidence, and what the cause means")
	publication.Complete(cmd)
	// They fail for a flag that does not exist alone.
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(f.outputs(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions([]cobra.Completion{"error", "warning"}, cobra.ShellCompDirectiveNoFileComp))
}

// outputs are all values of -o, sorted.
func (f *Flags) outputs() []string {
	outputs := append(f.Print.AllowedFormats(), "wide")
	for _, format := range press.Formats() {
		outputs = append(outputs, string(format))
	}
	slices.Sort(outputs)
	return outputs
}

// ToOptions checks the flags and arguments.
func (f *Flags) ToOptions(env *environment.Environment, args []string) (*Options, error) {
	spec, err := f.ToSpec(env, args)
	if err != nil {
		return nil, err
	}
	failOn, err := severity(f.FailOn)
	if err != nil {
		return nil, err
	}
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	forScripts, err := env.ScriptMessages()
	if err != nil {
		return nil, err
	}
	options := &Options{
		Spec: spec, FailOn: failOn, Stats: f.Stats, Verbose: f.Verbose,
		Messages: messages, ForScripts: forScripts, Kubectl: env.Kubectl(), Streams: env.Streams, Terminal: env.Terminal(), Now: env.Now,
	}
	if options.Publisher, err = f.Publication.ToPublisher(env); err != nil {
		return nil, err
	}
	if err := f.output(options); err != nil {
		return nil, err
	}
	options.Cluster, err = env.Cluster()
	return options, err
}

// output reads -o.
func (f *Flags) output(options *Options) error {
	name := *f.Print.OutputFormat
	if format, ok := press.Named(name); ok {
		options.Format = format
		return nil
	}
	if options.Names = name == "name"; options.Names {
		return nil
	}
	printer, wide, err := report.Printer(f.Print, options.Terminal)
	options.Printer, options.Verbose = printer, options.Verbose || wide
	var unknown genericclioptions.NoCompatiblePrinterError
	if errors.As(err, &unknown) {
		unknown.AllowedFormats = f.outputs()
		return message.Errorf(err, "error.printer", message.Args{"Cause": unknown.Error()})
	}
	return err
}

// severity reads the value of --fail-on; empty means never.
func severity(typed string) (diagnosis.Severity, error) {
	for _, severity := range []diagnosis.Severity{diagnosis.Error, diagnosis.Warning} {
		if typed == severity.String() {
			return severity, nil
		}
	}
	if typed != "" {
		return 0, message.Errorf(nil, "error.fail-on", message.Args{"Value": typed})
	}
	return 0, nil
}
