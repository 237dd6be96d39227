package completion

import (
	"context"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// The kinds whose names are completed.
var (
	podKind       = metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
	namespaceKind = metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"}
)

// ownerKind is a kind that stands for pods, under the spellings that kubectl takes for it; the first is offered.
type ownerKind struct {
	metav1.TypeMeta
	spellings []string
}

// ownerKinds are the built-in kinds that stand for pods.
func ownerKinds() []ownerKind {
	return []ownerKind{
		{metav1.TypeMeta{APIVersion: "batch/v1", Kind: "CronJob"}, []string{"cronjob", "cj", "cronjobs"}},
		{metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"}, []string{"deploy", "deployment", "deployments"}},
		{metav1.TypeMeta{APIVersion: "apps/v1", Kind: "DaemonSet"}, []string{"ds", "daemonset", "daemonsets"}},
		{metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"}, []string{"job", "jobs"}},
		{metav1.TypeMeta{APIVersion: "v1", Kind: "Node"}, []string{"node", "no", "nodes"}},
		{metav1.TypeMeta{APIVersion: "apps/v1", Kind: "ReplicaSet"}, []string{"rs", "replicaset", "replicasets"}},
		{metav1.TypeMeta{APIVersion: "apps/v1", Kind: "StatefulSet"}, []string{"sts", "statefulset", "statefulsets"}},
		{metav1.TypeMeta{APIVersion: "v1", Kind: "Service"}, []string{"svc", "service", "services"}},
		{podKind, []string{"pod", "po", "pods"}},
	}
}

// ownerTypes returns the types to offer, with the slash behind which the name begins.
func ownerTypes() []string {
	var types []string
	for _, kind := range ownerKinds() {
		if kind.TypeMeta != podKind {
			types = append(types, kind.spellings[0]+"/")
		}
	}
	return types
}

// owners returns TYPE/NAME of all objects of a type, the type as it was typed. Of a type that is not built in, the server
// is asked what it is.
func owners(ctx context.Context, env *environment.Environment, resource string) []string {
	var found []string
	kinds := ownerKinds()
	known := slices.IndexFunc(kinds, func(kind ownerKind) bool {
		return slices.Contains(kind.spellings, strings.ToLower(resource))
	})
	if known >= 0 {
		found = names(ctx, env, kinds[known].TypeMeta)
	} else {
		found = custom(ctx, env, resource)
	}
	for i, name := range found {
		found[i] = resource + "/" + name
	}
	return found
}

// custom returns the sorted names of the objects of a type that the server knows by its own name.
func custom(ctx context.Context, env *environment.Environment, resource string) []string {
	return patiently(ctx, env, func(ctx context.Context, reader *cluster.Cluster, namespace string) []string {
		objects, err := reader.Objects(ctx, resource, casefile.Query{Namespace: namespace}).Get()
		if err != nil {
			return nil
		}
		var found []string
		for i := range objects {
			found = append(found, objects[i].GetName())
		}
		slices.Sort(found)
		return found
	})
}
