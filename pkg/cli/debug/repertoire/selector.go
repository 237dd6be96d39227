package repertoire

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// selector shows what the named Service asks for beside the labels that the pods of its namespace have, the nearest first. It
// needs no pod to follow: it is there for a Service that finds none.
func (t Tools) selector(ctx context.Context, subject *Subject, _ map[string]string) Result {
	at := slices.IndexFunc(subject.Spec.Names, isService)
	if at < 0 {
		return Result{Err: errors.New("comparing labels: no Service was named; name one, or give the step a need in the workflow")}
	}
	name, namespace := subject.Spec.Names[at].Name, cmp.Or(subject.Spec.Names[at].Namespace, subject.Spec.Namespace)
	all := t.Kubectl.command(namespace, "get pods --show-labels")
	result := Result{
		Commands: listed(t.Kubectl.command(namespace, "get service %s -o wide", name), all),
		Args:     message.Args{"Service": name, "Selector": "", "Nearest": "", "Labels": "", "Lacks": "", "Mended": ""},
	}
	service, pods, err := t.candidates(ctx, namespace, name)
	if err != nil {
		result.Err = err
		return forbidden(result)
	}
	groups := byLabels(service.Spec.Selector, pods)
	if t.isYoung(service) && (len(groups) == 0 || groups[0].score < near) { // Its pods may be on their way.
		found, err := t.await(ctx, subject)
		if err != nil {
			return Result{Err: err}
		}
		groups = append(byLabels(service.Spec.Selector, found.pods), groups...)
	}
	result.Args["Selector"] = labels.Set(service.Spec.Selector).String()
	result.Facts = []string{"no-pods"}
	rows := [][]string{{"LABELS", "PODS", "LACKS"}}
	for _, group := range groups {
		lacks := labels.Set(group.lacks).String()
		if len(group.lacks) == len(service.Spec.Selector) {
			lacks = "all"
		}
		rows = append(rows, []string{labels.Set(group.labels).String(), group.named(), lacks})
	}
	if len(groups) > 0 {
		nearest := groups[0]
		result.Facts = []string{nearest.fact()}
		result.Args["Nearest"], result.Args["Labels"] = nearest.pods[0], labels.Set(nearest.labels).String()
		result.Args["Lacks"], result.Args["Mended"] = labels.Set(nearest.lacks).String(), labels.Set(mended(service.Spec.Selector, nearest.labels)).String()
	} else {
		rows = append(rows, []string{"<none>", "", ""})
	}
	asked := columns([][]string{{"SERVICE", "SELECTOR"}, {service.Name, result.Args["Selector"].(string)}})
	return t.firstLines(result, asked+"\n"+columns(rows), tableLines, all)
}

// candidates are a Service and the pods among which it can find its own: those of its namespace.
func (t Tools) candidates(ctx context.Context, namespace, name string) (*corev1.Service, []corev1.Pod, error) {
	answer := t.Cluster.Whole(ctx, serviceKind, casefile.Query{Namespace: namespace, Names: []string{name}})
	if answer.State != casefile.Known {
		return nil, nil, answer.Err
	}
	services, err := typed[corev1.Service](answer)
	if err != nil {
		return nil, nil, err
	}
	pods, err := t.Cluster.Pods(ctx, casefile.Query{Namespace: namespace}).Get()
	return &services[0], pods, err
}

// isYoung reports whether a Service was made so lately that its pods may have been, too, and are worth waiting for.
func (t Tools) isYoung(service *corev1.Service) bool {
	return t.Now().Sub(service.CreationTimestamp.Time) < t.Patience.For
}

// labelled are pods that are labelled alike, as replicas are.
type labelled struct {
	labels, lacks map[string]string
	pods          []string
	score         int
}

// named names the first of them, and counts the others.
func (l *labelled) named() string {
	if len(l.pods) == 1 {
		return l.pods[0]
	}
	return fmt.Sprintf("%s (+%d)", l.pods[0], len(l.pods)-1)
}

// fact is how they stand to the selector.
func (l *labelled) fact() string {
	switch {
	case len(l.lacks) == 0:
		return "selects"
	case l.score >= near:
		return "near-miss"
	}
	return "unlike"
}

// byLabels groups pods by their labels, those first that come nearest to a selector. Labels by which owners tell replicas and
// revisions apart do not count, unless they are asked for.
func byLabels(selector map[string]string, pods []corev1.Pod) []*labelled {
	own := []string{
		appsv1.DefaultDeploymentUniqueLabelKey, appsv1.ControllerRevisionHashLabelKey, appsv1.StatefulSetPodNameLabel, appsv1.PodIndexLabel,
		appsv1.DeprecatedTemplateGeneration, batchv1.ControllerUidLabel, batchv1.JobCompletionIndexAnnotation,
	}
	groups := map[string]*labelled{}
	for i := range pods {
		have := maps.Clone(pods[i].Labels)
		maps.DeleteFunc(have, func(name, _ string) bool { return slices.Contains(own, name) && selector[name] == "" })
		key := labels.Set(have).String()
		if groups[key] == nil {
			groups[key] = &labelled{labels: have, lacks: lacking(selector, have), score: likeness(selector, have)}
		}
		groups[key].pods = append(groups[key].pods, pods[i].Name)
	}
	sorted := slices.Collect(maps.Values(groups))
	for _, group := range sorted {
		slices.Sort(group.pods)
	}
	slices.SortFunc(sorted, func(a, b *labelled) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.pods[0], b.pods[0]))
	})
	return sorted
}

func isService(name target.Name) bool {
	return slices.Contains([]string{"svc", "service", "services"}, strings.ToLower(name.Resource))
}

// selectorAction is what a workflow may know of it.
func selectorAction() workflow.Action {
	return workflow.Action{
		Facts: []string{"selects", "near-miss", "unlike", "no-pods", "forbidden"},
		Args:  []string{"Service", "Selector", "Nearest", "Labels", "Lacks", "Mended"},
	}
}
