package debug

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

func (c *fakeCluster) Whole(context.Context, metav1.TypeMeta, casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return casefile.Answered([]unstructured.Unstructured{})
}

func (c *fakeCluster) Log(context.Context, casefile.Question) casefile.Answer[casefile.Log] {
	return casefile.Answered(casefile.Log{})
}

func (p *fakePods) FetchService(ctx context.Context, _, _, _, _ string) (action.Response, error) {
	return p.Fetch(ctx, nil, "", "")
}
