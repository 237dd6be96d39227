package target

import (
	"context"
	"errors"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// ofOwner reads an owner and returns the query for its pods.
func ofOwner(ctx context.Context, reader Reader, name Name, namespace string) (Selection, error) {
	found, err := reader.Objects(ctx, name.Resource, casefile.Query{Namespace: namespace, Names: []string{name.Name}}).Get()
	if err != nil {
		return Selection{}, err
	}
	owner := &found[0]
	selection := Selection{Owner: name, Query: casefile.Query{Namespace: owner.GetNamespace()}}
	switch owner.GetKind() {
	case "Pod":
		selection.Owner, selection.Names = Name{}, []string{name.Name}
		return selection, nil
	case "Node":
		selection.Namespace = namespace
		selection.Fields = fields.OneTermEqualSelector("spec.nodeName", name.Name).String()
		return selection, nil
	case "CronJob":
		selection.Labels, err = ofJobs(ctx, reader, owner)
		return selection, err
	}
	selector, err := podSelector(owner)
	if err != nil {
		return Selection{}, message.Errorf(err, "error.no-selector", message.Args{"Owner": name.String()})
	}
	selection.Labels = selector.String()
	return selection, nil
}

// errNoSelector is the cause when an object selects no pods at all: a headless Service without a selector, a ConfigMap.
var errNoSelector = errors.New("spec.selector is not set")

// podSelector reads spec.selector, which is a LabelSelector in the workload kinds and a plain map of labels in Service
// and ReplicationController (kubectl pkg/polymorphichelpers/helpers.go, SelectorsForObject). Custom kinds have either;
// a plain map read as a LabelSelector would be an empty one, which selects everything.
func podSelector(owner *unstructured.Unstructured) (labels.Selector, error) {
	raw, found, err := unstructured.NestedMap(owner.Object, "spec", "selector")
	if err != nil {
		return nil, err
	}
	if !found || len(raw) == 0 {
		return nil, errNoSelector
	}
	_, byLabels := raw["matchLabels"]
	_, byExpressions := raw["matchExpressions"]
	if !byLabels && !byExpressions {
		plain, _, err := unstructured.NestedStringMap(owner.Object, "spec", "selector")
		return labels.SelectorFromSet(plain), err
	}
	var selector metav1.LabelSelector
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(raw, &selector); err != nil {
		return nil, err
	}
	return metav1.LabelSelectorAsSelector(&selector)
}

// ofJobs returns the label selector of the pods of a CronJob, which has no selector itself: its Jobs are known by their
// owner reference, and their pods carry the Job's name as a label.
func ofJobs(ctx context.Context, reader Reader, cronJob *unstructured.Unstructured) (string, error) {
	jobs, err := reader.Objects(ctx, "jobs.batch", casefile.Query{Namespace: cronJob.GetNamespace()}).Get()
	if err != nil {
		return "", err
	}
	var names []string
	for i := range jobs {
		if metav1.IsControlledBy(&jobs[i], cronJob) {
			names = append(names, jobs[i].GetName())
		}
	}
	if len(names) == 0 {
		return batchv1.JobNameLabel + "," + "!" + batchv1.JobNameLabel, nil // Selects nothing: it has not run.
	}
	return batchv1.JobNameLabel + " in (" + strings.Join(names, ",") + ")", nil
}
