// Package findings is the command that lists the causes that podkit can find, and explains each. It asks no cluster.
package findings

import (
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var long = templates.LongDesc(`
	List the causes that podkit can find, or explain some of them.

	The page of a cause tells what it means, how podkit decides that it is there, how to confirm it by hand, how to fix
	it, and which other causes may be its symptoms or lie behind it. No cluster is asked.

	The prose of -o json and -o yaml is English unless --lang is given.`)

var example = templates.Examples(`
	# All causes that podkit can find
	kubectl podkit findings

	# What a finding means, how podkit decides, how to confirm it by hand, how to fix it
	kubectl podkit findings unexplained

	# The same in Chinese
	kubectl podkit findings unexplained --lang zh

	# All that is known of every cause, as JSON
	kubectl podkit findings -o json`)

// Flags are the flags as typed.
type Flags struct {
	Output string
}

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	flags := &Flags{}
	cmd := &cobra.Command{
		Use:               "findings [ID...]",
		Aliases:           []string{"finding"},
		Short:             "List and explain the causes that podkit can find",
		Long:              long,
		Example:           example,
		ValidArgsFunction: complete(env),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := flags.ToOptions(env, args, cmd.Flags().Changed("lang"))
			if err != nil {
				return err
			}
			return options.Run()
		},
	}
	cmd.Flags().StringVarP(&flags.Output, "output", "o", "", "Output format: name, json or yaml")
	return cmd
}

// ToOptions checks the flags and arguments. Scripts get English unless a language was chosen by flag.
func (f *Flags) ToOptions(env *environment.Environment, ids []string, languageChosen bool) (*Options, error) {
	messages, err := env.Messages()
	if err != nil {
		return nil, err
	}
	if f.Output != "" && !languageChosen {
		if messages, err = message.NewCatalog(message.English); err != nil {
			return nil, err
		}
	}
	return &Options{
		IDs: ids, Output: f.Output, Causes: causes.Entries(causes.Families()),
		Messages: messages, Out: env.Streams.Out, Terminal: env.Terminal(),
	}, nil
}

// complete completes ids, those that are on the line already left out, with their titles beside them.
func complete(env *environment.Environment) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		messages, err := env.Messages()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		named := map[string]bool{}
		for _, id := range args {
			named[id] = true
		}
		var ids []cobra.Completion
		for _, entry := range causes.Entries(causes.Families()) {
			if strings.HasPrefix(entry.ID, typed) && !named[entry.ID] {
				ids = append(ids, cobra.CompletionWithDesc(entry.ID, messages.Text("finding."+entry.ID+".title")))
			}
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}
