package scenario

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// library answers from the objects and logs of a scenario. It stands in for the API server, whose refusals it plays.
type library struct {
	pods    []corev1.Pod
	objects []unstructured.Unstructured
	logs    map[casefile.Question]casefile.Log
	refused map[string]casefile.State
}

var _ casefile.Library = (*library)(nil)

// add takes YAML documents: objects, or lists of them.
func (l *library) add(data string) error {
	for document := range strings.SplitSeq(data, "\n---\n") {
		object := unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(document), &object.Object); err != nil {
			return err
		}
		if len(object.Object) == 0 {
			continue
		}
		items := []unstructured.Unstructured{object}
		if object.IsList() {
			list, err := object.ToList()
			if err != nil {
				return err
			}
			items = list.Items
		}
		for _, item := range items {
			if err := l.addObject(item); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *library) addObject(object unstructured.Unstructured) error {
	if object.GetKind() != "Pod" {
		l.objects = append(l.objects, object)
		return nil
	}
	pod := corev1.Pod{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &pod); err != nil {
		return fmt.Errorf("pod %q: %w", object.GetName(), err)
	}
	l.pods = append(l.pods, pod)
	return nil
}

// addLog takes a log: the words are POD CONTAINER [previous] [broken].
func (l *library) addLog(words []string, data string) error {
	if len(words) < 2 {
		return errors.New(`a log is named "log POD CONTAINER", "previous" and "broken" after it if it is that`)
	}
	log := casefile.Log{}
	if slices.Contains(words, "broken") {
		log.Broken = "unexpected EOF"
	}
	for line := range strings.Lines(data) {
		stamp, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		at, err := time.Parse(time.RFC3339Nano, stamp)
		if err != nil {
			return fmt.Errorf("line %q begins with no time", line)
		}
		log.Lines = append(log.Lines, casefile.LogLine{At: at, Text: text})
	}
	if l.logs == nil {
		l.logs = map[casefile.Question]casefile.Log{}
	}
	l.logs[casefile.Question{Name: words[0], Container: words[1], Previous: slices.Contains(words[2:], "previous")}] = log
	return nil
}

// refuse takes lines "denied RESOURCE" and "failed RESOURCE": secrets, events, nodes, pods/log.
func (l *library) refuse(data string) error {
	for line := range strings.Lines(data) {
		how, resource, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch how {
		case "denied":
			l.refused[resource] = casefile.Denied
		case "failed":
			l.refused[resource] = casefile.Failed
		default:
			return fmt.Errorf(`line %q is neither "denied RESOURCE" nor "failed RESOURCE"`, line)
		}
	}
	return nil
}

func refusal[T any](l *library, resource string) (casefile.Answer[T], bool) {
	state, found := l.refused[resource]
	return casefile.Unanswered[T](state, errors.New(resource+": "+state.String())), found
}

// matching returns the objects of a kind that a query asks for.
func (l *library) matching(kind string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	if answer, refused := refusal[[]unstructured.Unstructured](l, strings.ToLower(kind)+"s"); refused {
		return answer
	}
	var found []unstructured.Unstructured
	for _, object := range l.objects {
		switch {
		case object.GetKind() != kind, query.Namespace != "" && object.GetNamespace() != query.Namespace:
		case len(query.Names) > 0 && query.Names[0] != object.GetName():
		case query.Fields == "involvedObject.kind=Node" && aboutKind(&object) != "Node":
		default:
			found = append(found, object)
		}
	}
	if len(query.Names) > 0 && len(found) == 0 {
		return casefile.Unanswered[[]unstructured.Unstructured](casefile.Absent, fmt.Errorf("%s %s not found", kind, query.Names[0]))
	}
	return casefile.Answered(found)
}

// typed turns the objects that a query asks for into their Go type.
func typed[T any](l *library, kind string, query casefile.Query) casefile.Answer[[]T] {
	answer := l.matching(kind, query)
	if answer.State != casefile.Known {
		return casefile.Unanswered[[]T](answer.State, answer.Err)
	}
	found := make([]T, len(answer.Value))
	for i, object := range answer.Value {
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &found[i]); err != nil {
			return casefile.Unanswered[[]T](casefile.Failed, err)
		}
	}
	return casefile.Answered(found)
}

func aboutKind(event *unstructured.Unstructured) string {
	kind, _, err := unstructured.NestedString(event.Object, "involvedObject", "kind")
	if err != nil {
		return ""
	}
	return kind
}

// Events answers from the scenario's events.
func (l *library) Events(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Event] {
	return typed[corev1.Event](l, "Event", query)
}

// Nodes answers from the scenario's nodes.
func (l *library) Nodes(_ context.Context, query casefile.Query) casefile.Answer[[]corev1.Node] {
	return typed[corev1.Node](l, "Node", query)
}

// Metadata answers with the metadata of the scenario's objects.
func (l *library) Metadata(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	return typed[metav1.PartialObjectMetadata](l, kind.Kind, query)
}

// Whole answers with the scenario's objects; asking for a Secret is what no rule may do.
func (l *library) Whole(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	if kind.Kind == "Secret" {
		return casefile.Unanswered[[]unstructured.Unstructured](casefile.Failed, errors.New("a Secret's data was requested"))
	}
	return l.matching(kind.Kind, query)
}

// Log answers from the scenario's logs.
func (l *library) Log(_ context.Context, question casefile.Question) casefile.Answer[casefile.Log] {
	if answer, refused := refusal[casefile.Log](l, "pods/log"); refused {
		return answer
	}
	log, found := l.logs[casefile.Question{Name: question.Name, Container: question.Container, Previous: question.Previous}]
	if !found {
		return casefile.Unanswered[casefile.Log](casefile.Absent, errors.New("no such log"))
	}
	return casefile.Answered(log)
}
