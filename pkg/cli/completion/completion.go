// Package completion completes what users name on the command line: pods, owners and containers of the cluster that the
// flags typed so far name, namespaces, the names of the kubeconfig, and the values of flags.
//
// A shell's completion must never disturb the line that is being typed: errors and warnings are dropped, and a server
// that is slow to answer counts as one that has nothing to offer. Start reading at Pods.
package completion

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// nothing is the answer when there is nothing to offer: file names would be wrong, too.
const nothing = cobra.ShellCompDirectiveNoFileComp

// Pods completes the names of the pods in the namespace, and TYPE/NAME of what stands for pods, those that are on the
// line already left out.
func Pods(env *environment.Environment) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		resource, _, isTyped := strings.Cut(typed, "/")
		if isTyped {
			return choose(owners(cmd.Context(), env, resource), args, typed), nothing
		}
		found := choose(names(cmd.Context(), env, podKind), args, typed)
		types := choose(ownerTypes(), nil, typed)
		if len(found) == 0 {
			// A type alone is no target yet: the shell goes on behind its slash.
			return types, nothing | cobra.ShellCompDirectiveNoSpace
		}
		return append(found, types...), nothing
	}
}

// FirstPod is Pods for commands that take one pod and then something else.
func FirstPod(env *environment.Environment) cobra.CompletionFunc {
	pods := Pods(env)
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, nothing
		}
		return pods(cmd, args, typed)
	}
}

// Containers completes the names of the containers of the pods, or of the owners' pods, that are on the line already.
func Containers(env *environment.Environment) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		named, err := target.Parse(args)
		if err != nil || len(named) == 0 {
			return nil, nothing
		}
		return choose(containers(cmd.Context(), env, named), nil, typed), nothing
	}
}

// containers returns the names of the containers of the pods that were named, each once.
func containers(ctx context.Context, env *environment.Environment, named []target.Name) []string {
	return patiently(ctx, env, func(ctx context.Context, reader *cluster.Cluster, namespace string) []string {
		pods, err := target.Pods(ctx, reader, target.Spec{Names: named, Namespace: namespace})
		if err != nil {
			return nil
		}
		var found []string
		for i := range pods {
			for _, name := range action.Containers(&pods[i]) {
				if !slices.Contains(found, name) {
					found = append(found, name)
				}
			}
		}
		return found
	})
}

// choose returns the candidates that begin as typed and are not on the line already. A name that a terminal could not show is
// none that the API server would have taken, and is not offered.
func choose(candidates, onLine []string, typed string) []cobra.Completion {
	var chosen []cobra.Completion
	for _, candidate := range candidates {
		if strings.HasPrefix(candidate, typed) && !slices.Contains(onLine, candidate) && isShown(candidate) {
			chosen = append(chosen, candidate)
		}
	}
	return chosen
}

func isShown(name string) bool { return report.Escape(name) == name && !strings.Contains(name, "\n") }
