package debug

import (
	"context"

	"github.com/kubectl-podkit/podkit/pkg/action"
)

func (p *fakePods) FetchService(ctx context.Context, _, _, _, _ string) (action.Response, error) {
	return p.Fetch(ctx, nil, "", "")
}
