package casefile

import (
	"maps"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

// File is what is known of some pods at one moment. It is immutable.
type File struct {
	// TakenAt is when it was gathered; every age is measured against it.
	TakenAt time.Time
	// Pods are the targets.
	Pods []corev1.Pod

	answers map[Question]Answer[any]
}

// New returns the file of pods of which nothing else is known yet.
func New(pods []corev1.Pod, now time.Time) *File {
	return &File{TakenAt: now, Pods: pods, answers: map[Question]Answer[any]{}}
}

// with returns a file that knows more.
func (f *File) with(answers map[Question]Answer[any]) *File {
	all := maps.Clone(f.answers)
	maps.Copy(all, answers)
	return &File{TakenAt: f.TakenAt, Pods: f.Pods, answers: all}
}

// listing is the answer to a question for all objects of a kind: by name, within a namespace or over all of them.
type listing map[types.NamespacedName]any

// look returns the answer to a question about one object: its own, else what a list tells. A list that was refused tells
// nothing of the object, which may be allowed to be read by its name.
func (f *File) look(question Question) Answer[any] {
	if answer, asked := f.answers[question]; asked {
		return answer
	}
	for _, list := range []Question{question.all(), question.everywhere()} {
		answer := f.answers[list]
		if answer.State != Known {
			continue
		}
		object, found := answer.Value.(listing)[types.NamespacedName{Namespace: question.Namespace, Name: question.Name}]
		if !found {
			return Unanswered[any](Absent, nil)
		}
		return Answered(object)
	}
	return Answer[any]{}
}

// Knows reports whether a question has been put, whatever came of it.
func (f *File) Knows(question Question) bool { return f.Answer(question).State != NotYet }

// Answer returns the state of the answer to any question, and the error that goes with it.
func (f *File) Answer(question Question) Answer[any] {
	if question.Name != "" {
		return f.look(question)
	}
	for _, list := range []Question{question, question.all(), question.everywhere()} {
		if answer, asked := f.answers[list]; asked {
			return answer
		}
	}
	return Answer[any]{}
}

// Object returns an object that was read as a whole, as its Go type: a *corev1.ConfigMap, say.
func Object[T any](f *File, question Question) Answer[*T] {
	if question.Name == "" {
		return Unanswered[*T](Absent, nil) // Nothing is without a name.
	}
	answer := f.look(question)
	if answer.State != Known {
		return Unanswered[*T](answer.State, answer.Err)
	}
	typed := new(T)
	err := runtime.DefaultUnstructuredConverter.FromUnstructured(answer.Value.(*unstructured.Unstructured).Object, typed)
	if err != nil {
		return Unanswered[*T](Failed, err)
	}
	return Answered(typed)
}

// MetadataOf returns the metadata of an object.
func (f *File) MetadataOf(question Question) Answer[*metav1.PartialObjectMetadata] {
	if question.Name == "" {
		return Unanswered[*metav1.PartialObjectMetadata](Absent, nil) // Nothing is without a name.
	}
	return convert(f.look(question), func(v any) *metav1.PartialObjectMetadata { return v.(*metav1.PartialObjectMetadata) })
}

// Names returns the names of all objects that a question without a name is about, sorted.
func (f *File) Names(question Question) Answer[[]string] {
	answer, asked := f.answers[question]
	if !asked {
		answer = f.answers[question.everywhere()]
	}
	return convert(answer, func(v any) []string {
		var names []string
		for name := range v.(listing) {
			if question.Namespace == "" || question.Namespace == name.Namespace {
				names = append(names, name.Name)
			}
		}
		slices.Sort(names)
		return names
	})
}

// Log returns the end of a log.
func (f *File) Log(question Question) Answer[Log] {
	return convert(f.look(question), func(v any) Log { return v.(Log) })
}

// Node returns a node by name; no node is Absent, the empty name of a pod that has not been scheduled.
func (f *File) Node(name string) Answer[*corev1.Node] {
	if name == "" {
		return Unanswered[*corev1.Node](Absent, nil)
	}
	return convert(f.look(NodeNamed(name)), func(v any) *corev1.Node { return v.(*corev1.Node) })
}
