package cluster

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// Pods reads pods. An asked name that is not there makes the whole answer Absent, with an error that names it.
func (c *Cluster) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	return read(ctx, query, reading[corev1.Pod]{
		resource: "pods",
		get: func(ctx context.Context, name string) (*corev1.Pod, error) {
			return decoded[*corev1.Pod](c.core.Get().Namespace(query.Namespace).Resource("pods").Name(name).Do(ctx), "Pod")
		},
		list: func(ctx context.Context, options metav1.ListOptions) (page[corev1.Pod], error) {
			return listCore(ctx, c, "pods", "PodList", query.Namespace, options, func(l *corev1.PodList) []corev1.Pod { return l.Items })
		},
		name: func(pod *corev1.Pod) string { return pod.Name },
	})
}

// Events reads the events of a namespace, which the server keeps for an hour unless it is told otherwise.
func (c *Cluster) Events(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	return read(ctx, query, reading[corev1.Event]{
		resource: "events",
		list: func(ctx context.Context, options metav1.ListOptions) (page[corev1.Event], error) {
			return listCore(ctx, c, "events", "EventList", query.Namespace, options, func(l *corev1.EventList) []corev1.Event { return l.Items })
		},
		name: func(event *corev1.Event) string { return event.Name },
	})
}

// Nodes reads nodes; the query's namespace has no meaning for them.
func (c *Cluster) Nodes(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	query.Namespace = ""
	return read(ctx, query, reading[corev1.Node]{
		resource: "nodes",
		get: func(ctx context.Context, name string) (*corev1.Node, error) {
			return decoded[*corev1.Node](c.core.Get().Resource("nodes").Name(name).Do(ctx), "Node")
		},
		list: func(ctx context.Context, options metav1.ListOptions) (page[corev1.Node], error) {
			return listCore(ctx, c, "nodes", "NodeList", "", options, func(l *corev1.NodeList) []corev1.Node { return l.Items })
		},
		name: func(node *corev1.Node) string { return node.Name },
	})
}

// listCore reads one page of a core/v1 list.
func listCore[T any, L interface {
	runtime.Object
	metav1.ListInterface
}](ctx context.Context, c *Cluster, resource, kind, namespace string, options metav1.ListOptions, items func(L) []T) (page[T], error) {
	list, err := decoded[L](c.core.Get().NamespaceIfScoped(namespace, namespace != "").Resource(resource).
		VersionedParams(&options, scheme.ParameterCodec).Do(ctx), kind)
	if err != nil {
		return page[T]{}, err
	}
	return pageOf(list, slices.Clip(items(list))), nil
}
