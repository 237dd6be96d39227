package cluster

import (
	"context"
	"encoding/json"

	"k8s.io/apimachinery/pkg/version"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// ServerVersion returns the API server's version, for example v1.36.3.
func (c *Cluster) ServerVersion(ctx context.Context) casefile.Answer[string] {
	asked := request{verb: "get", resource: "/version"}
	data, err := c.core.Get().AbsPath("/version").SetHeader("Accept", "application/json").Do(ctx).Raw()
	if err != nil {
		return unanswered[string](err, asked)
	}
	var info version.Info
	if err := json.Unmarshal(data, &info); err != nil {
		return unanswered[string](err, asked)
	}
	return casefile.Answered(info.GitVersion)
}
