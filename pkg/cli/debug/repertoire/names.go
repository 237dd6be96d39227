package repertoire

import (
	"context"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// names lists the names of the ConfigMaps or Secrets of the pod's namespace, and nothing else of them: a name that differs
// by a letter shows at once, and a Secret's data is never asked for.
func (t Tools) names(ctx context.Context, subject *Subject, kind string) Result {
	plural := strings.ToLower(kind) + "s"
	line := t.Kubectl.command(subject.Pod.Namespace, "get %s -o name", plural)
	result := Result{Commands: listed(line), Args: message.Args{"Count": 0}}
	objects, err := t.Cluster.Metadata(ctx, metav1.TypeMeta{APIVersion: "v1", Kind: kind}, casefile.Query{Namespace: subject.Pod.Namespace}).Get()
	if err != nil {
		result.Err = err
		return forbidden(result)
	}
	var found []string
	for i := range objects {
		found = append(found, strings.ToLower(kind)+"/"+objects[i].Name)
	}
	slices.Sort(found)
	result.Args["Count"] = len(found)
	result.Facts = []string{map[bool]string{true: "some", false: "none"}[len(found) > 0]}
	return t.firstLines(result, strings.Join(found, "\n"), tableLines, line)
}
