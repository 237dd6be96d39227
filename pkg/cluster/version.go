package cluster

import (
	"context"
	"encoding/json"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/version"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// unknownVersion stands for that of the server of a recording which does not tell it: files of objects do not.
const unknownVersion = "unknown"

// ServerVersion returns the API server's version in words: v1.36.3, or "unknown" when nobody can tell.
func (c *Cluster) ServerVersion(ctx context.Context) casefile.Answer[string] {
	asked := request{verb: "get", resource: "/version"}
	result := c.core.Get().AbsPath("/version").SetHeader("Accept", "application/json").Do(ctx)
	// Raw alone would drop what the server says (client-go rest/request.go).
	err := result.Error()
	if apierrors.ReasonForError(err) == recording.NotRecorded {
		return casefile.Answered(unknownVersion)
	}
	if err != nil {
		return unanswered[string](err, asked)
	}
	data, err := result.Raw()
	if err != nil {
		return unanswered[string](err, asked)
	}
	var info version.Info
	if err := json.Unmarshal(data, &info); err != nil {
		return unanswered[string](&kindError{wanted: "version", cause: err}, asked)
	}
	if info.GitVersion == "" {
		return unanswered[string](&kindError{wanted: "version"}, asked)
	}
	return casefile.Answered(info.GitVersion)
}
