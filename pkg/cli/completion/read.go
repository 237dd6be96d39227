package completion

import (
	"context"
	"io"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// patience is how long a shell may be kept waiting.
const patience = 3 * time.Second

// patiently reads the cluster and the namespace that the flags name, and gives up when that takes too long: discovery
// and login plugins do not heed a context's deadline, so their end is not waited for.
func patiently(
	ctx context.Context, env *environment.Environment, read func(context.Context, *cluster.Cluster, string) []string,
) []string {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	answer := make(chan []string, 1)
	go func() {
		access, err := env.Access()
		if err != nil {
			answer <- nil
			return
		}
		reader, err := cluster.New(access, io.Discard)
		if err != nil {
			answer <- nil
			return
		}
		namespace, err := env.Namespace()
		if err != nil {
			answer <- nil
			return
		}
		answer <- read(ctx, reader, namespace)
	}()
	select {
	case found := <-answer:
		return found
	case <-ctx.Done():
		return nil
	}
}

// names returns the sorted names of all objects of a kind in the namespace, or none. Only metadata is asked for.
func names(ctx context.Context, env *environment.Environment, kind metav1.TypeMeta) []string {
	return patiently(ctx, env, func(ctx context.Context, reader *cluster.Cluster, namespace string) []string {
		objects, err := reader.Metadata(ctx, kind, casefile.Query{Namespace: namespace}).Get()
		if err != nil {
			return nil
		}
		found := make([]string, 0, len(objects))
		for i := range objects {
			found = append(found, objects[i].Name)
		}
		slices.Sort(found)
		return found
	})
}
