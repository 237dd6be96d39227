package completion

import (
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// known are the sorted names in a kubeconfig.
type known struct {
	contexts, clusters, users []string
}

// kubeconfig completes one sort of the names in the kubeconfig that the flags name.
func kubeconfig(env *environment.Environment, sort func(known) []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		config, err := env.Config.ToRawKubeConfigLoader().RawConfig()
		if err != nil {
			return nil, nothing
		}
		return choose(sort(known{
			contexts: slices.Sorted(maps.Keys(config.Contexts)),
			clusters: slices.Sorted(maps.Keys(config.Clusters)),
			users:    slices.Sorted(maps.Keys(config.AuthInfos)),
		}), nil, typed), nothing
	}
}
