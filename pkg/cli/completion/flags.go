package completion

import (
	"regexp"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Flags completes the values of the flags that commands share, for a command and all below it: what they are in the
// cluster (-n), in the kubeconfig (--context, --cluster, --user) or by themselves (--lang, -o). A flag that has a
// completion of its own keeps it.
func Flags(root *cobra.Command, env *environment.Environment) {
	functions := map[string]cobra.CompletionFunc{
		"namespace": namespaces(env),
		"context":   kubeconfig(env, func(known known) []string { return known.contexts }),
		"cluster":   kubeconfig(env, func(known known) []string { return known.clusters }),
		"user":      kubeconfig(env, func(known known) []string { return known.users }),
		"lang":      languages,
	}
	each(root, func(cmd *cobra.Command, flag *pflag.Flag) {
		if _, has := cmd.GetFlagCompletionFunc(flag.Name); has {
			return
		}
		function := functions[flag.Name]
		switch {
		case function != nil:
		case flag.Name == "output":
			function = Values(formats(flag.Usage)...)
		case slices.Contains([]string{"duration", "int", "int64", "float64"}, flag.Value.Type()):
			function = cobra.NoFileCompletions
		default:
			return
		}
		// The flag exists and has no completion, so registering one cannot fail.
		_ = cmd.RegisterFlagCompletionFunc(flag.Name, function)
	})
}

// each calls a function for every flag of a command and of all below it.
func each(cmd *cobra.Command, do func(*cobra.Command, *pflag.Flag)) {
	visit := func(flag *pflag.Flag) { do(cmd, flag) }
	cmd.LocalFlags().VisitAll(visit)
	for _, below := range cmd.Commands() {
		each(below, do)
	}
}

// Values completes a flag that takes one of some values, in their order.
func Values(values ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return choose(values, nil, typed), nothing | cobra.ShellCompDirectiveKeepOrder
	}
}

// format matches the names of output formats in the usage of a flag.
var format = regexp.MustCompile(`\b(json|yaml|kyaml|name|wide|(?:go-template|jsonpath)(?:-file|-as-json)?|template(?:file)?)\b`)

// formats returns the formats that the usage of --output names: who describes a new one offers it, too.
func formats(usage string) []string {
	var found []string
	for _, name := range format.FindAllString(usage, -1) {
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

func namespaces(env *environment.Environment) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return choose(names(cmd.Context(), env, namespaceKind), nil, typed), nothing
	}
}

func languages(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var codes []string
	for _, language := range message.Languages() {
		codes = append(codes, string(language))
	}
	return choose(codes, nil, typed), nothing
}
