package cluster

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	watchtools "k8s.io/client-go/tools/watch"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// WatchPods reports what happens to the pods of a query after a revision, as *unstructured.Unstructured; the revision
// is that of the answer to the same query. It goes on over lost connections until the context is done or the caller
// stops it. Of several names in one query the caller picks: a watch can select one name or all.
func (c *Cluster) WatchPods(ctx context.Context, query casefile.Query, revision string) (watch.Interface, error) {
	asked := request{verb: "watch", resource: "pods", namespace: query.Namespace}
	// The time-out of one request would cut the watch (kubernetes#52482).
	config := c.Config()
	client, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, explain(err, asked)
	}
	untyped, err := dynamic.NewForConfigAndClient(config, client)
	if err != nil {
		return nil, explain(err, asked)
	}
	pods := untyped.Resource(podsResource).Namespace(query.Namespace)
	if len(query.Names) == 1 {
		query.Fields = fields.OneTermEqualSelector(metav1.ObjectNameField, query.Names[0]).String()
	}
	follow := &cache.ListWatch{WatchFuncWithContext: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
		options.LabelSelector, options.FieldSelector = query.Labels, query.Fields
		return pods.Watch(ctx, options)
	}}
	// The first connection is made here, so that a refusal is told and not retried in silence.
	first, err := follow.WatchWithContext(ctx, metav1.ListOptions{ResourceVersion: revision})
	if err != nil {
		return nil, explain(err, asked)
	}
	first.Stop()
	watcher, err := watchtools.NewRetryWatcherWithContext(ctx, revision, follow)
	if err != nil {
		return nil, explain(err, asked)
	}
	return watcher, nil
}
