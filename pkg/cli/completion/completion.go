// Package completion completes the names of pods and containers on the command line, from the cluster that the flags
// typed so far name.
//
// A shell's completion must never disturb the line that is being typed: errors and warnings are dropped, and a server
// that is slow to answer counts as one that has nothing to offer. Start reading at Pods.
package completion

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// patience is how long a shell may be kept waiting.
const patience = 3 * time.Second

// nothing is the answer when there is nothing to offer: file names would be wrong, too.
const nothing = cobra.ShellCompDirectiveNoFileComp

// Pods completes the names of the pods in the namespace, those that are on the line already left out.
func Pods(env *environment.Environment) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var names []cobra.Completion
		for _, pod := range read(cmd.Context(), env, target.Spec{}) {
			if strings.HasPrefix(pod.Name, typed) && !slices.Contains(args, pod.Name) {
				names = append(names, pod.Name)
			}
		}
		return names, nothing
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
		var names []cobra.Completion
		for _, pod := range read(cmd.Context(), env, target.Spec{Names: named}) {
			for _, name := range action.Containers(&pod) {
				if strings.HasPrefix(name, typed) && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		return names, nothing
	}
}

// read returns the pods of a spec in the namespace of the flags, or none.
func read(ctx context.Context, env *environment.Environment, spec target.Spec) []corev1.Pod {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	access, err := env.Access()
	if err != nil {
		return nil
	}
	reader, err := cluster.New(access, io.Discard)
	if err != nil {
		return nil
	}
	if spec.Namespace, err = env.Namespace(); err != nil {
		return nil
	}
	pods, err := target.Pods(ctx, reader, spec)
	if err != nil {
		return nil
	}
	return pods
}
