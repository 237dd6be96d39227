package selection

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Pods reads the pods of a spec for commands that cannot do without any: none is an error that says where to look.
func Pods(ctx context.Context, reader target.PodReader, spec target.Spec) ([]corev1.Pod, error) {
	pods, err := target.Pods(ctx, reader, spec)
	if err != nil || len(pods) > 0 {
		return pods, err
	}
	if len(spec.Names) > 0 {
		owners := make([]string, 0, len(spec.Names))
		for _, name := range spec.Names {
			owners = append(owners, name.String())
		}
		return nil, message.Errorf(nil, "selection.owner-empty", message.Args{
			"Owner": strings.Join(owners, ", "), "First": owners[0], "Namespace": spec.Namespace,
		})
	}
	if spec.Namespace == "" {
		return nil, message.Errorf(nil, "selection.none-anywhere", nil)
	}
	return nil, message.Errorf(nil, "selection.none", message.Args{"Namespace": spec.Namespace})
}
