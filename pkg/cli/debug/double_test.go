package debug

import (
	"context"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

func (p *fakePods) FetchService(ctx context.Context, _, _, _, _ string) (action.Response, error) {
	return p.Fetch(ctx, nil, "", "")
}

var _ Cluster = (*fakeCluster)(nil)

func (c *fakeCluster) Stats() cluster.Count { return cluster.Count{Requests: int64(c.looked)} }
