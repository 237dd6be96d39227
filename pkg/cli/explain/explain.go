// Package explain is the command that tells what the things are that a search for a cause meets. It asks no cluster.
package explain

import (
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/kubectl/pkg/util/templates"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var long = templates.LongDesc(`
	List the topics that help to follow a search for a cause, or explain some of them: Pod, Node, control plane, kubelet,
	probe, exit code, image pull, scheduling, Service and the others.

	Each page tells what the thing is, why it matters when something is broken, the kubectl lines that show it, the topics
	to read next, and the causes that podkit finds there. kubectl's short names and the words of a status are understood
	as well (po, svc, CrashLoopBackOff). No cluster is asked.

	The fields of objects are the business of kubectl explain.`)

var example = templates.Examples(`
	# All topics
	kubectl podkit explain

	# What a probe is
	kubectl podkit explain probe

	# The word in the column STATUS
	kubectl podkit explain CrashLoopBackOff

	# Two topics, in Chinese
	kubectl podkit explain svc endpoints --lang zh`)

// NewCommand returns the command.
func NewCommand(env *environment.Environment) *cobra.Command {
	return &cobra.Command{
		Use:               "explain [TOPIC...]",
		Aliases:           []string{"concepts", "concept"},
		Short:             "Explain what a Pod, a probe, an exit code and the like are",
		Long:              long,
		Example:           example,
		ValidArgsFunction: complete(env),
		RunE: func(_ *cobra.Command, topics []string) error {
			messages, err := env.Messages()
			if err != nil {
				return err
			}
			options := &Options{Topics: topics, Messages: messages, Out: env.Streams.Out, Terminal: env.Terminal()}
			return options.Run()
		},
	}
}

// complete completes ids, those that are on the line already left out, with their titles beside them. What can only be an
// alias is completed to that.
func complete(env *environment.Environment) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		messages, err := env.Messages()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return completions(messages, args, typed), cobra.ShellCompDirectiveNoFileComp
	}
}

func completions(messages *message.Catalog, args []string, typed string) []cobra.Completion {
	named := map[string]bool{}
	for _, name := range args {
		c, _ := concept.Find(name)
		named[c.ID] = true
	}
	var ids, aliases []cobra.Completion
	for _, c := range concept.List() {
		if named[c.ID] {
			continue
		}
		title := messages.Text("concept." + c.ID + ".title")
		if strings.HasPrefix(c.ID, typed) {
			ids = append(ids, cobra.CompletionWithDesc(c.ID, title))
		}
		for _, alias := range c.Aliases {
			if strings.HasPrefix(alias, typed) {
				aliases = append(aliases, cobra.CompletionWithDesc(alias, title))
			}
		}
	}
	if len(ids) == 0 {
		return aliases
	}
	return ids
}
