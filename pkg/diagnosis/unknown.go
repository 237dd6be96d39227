package diagnosis

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Unknown is a question to which no answer came, or only a part of one. It proves nothing; with it the diagnosis might say more.
type Unknown struct {
	casefile.Question
	State casefile.State
	Err   error
	// Pods are the targets that it was asked for.
	Pods []types.NamespacedName
}

// unknowns collects the questions that were refused or failed, or were not put for want of budget, each once.
type unknowns map[casefile.Question]*Unknown

func (u unknowns) add(c *Case) {
	for question := range c.asked {
		answer := c.file.Answer(question)
		if log, isLog := answer.Value.(casefile.Log); isLog && answer.State == casefile.Known && log.Broken != "" {
			answer = casefile.Unanswered[any](casefile.Failed, partial(question, log))
		}
		if answer.State == casefile.Known || answer.State == casefile.Absent {
			continue
		}
		if u[question] == nil {
			u[question] = &Unknown{Question: question, State: answer.State, Err: answer.Err}
		}
		u[question].Pods = append(u[question].Pods, NameOf(c.Pod))
	}
}

// NameOf tells a pod from those of the same name in other namespaces.
func NameOf(pod *corev1.Pod) types.NamespacedName {
	return types.NamespacedName{Namespace: pod.Namespace, Name: pod.Name}
}

// partial is the sentence about a log that broke off: what came after is as unknown as a log that was not read at all.
func partial(question casefile.Question, log casefile.Log) error {
	return message.Errorf(nil, "logs.partial", message.Args{
		"Container": question.Container, "Pod": question.Name, "Namespace": question.Namespace, "Cause": log.Broken,
	})
}

func (u unknowns) sorted() []Unknown {
	var all []Unknown
	for _, unknown := range u {
		all = append(all, *unknown)
	}
	slices.SortFunc(all, func(a, b Unknown) int {
		return cmp.Or(
			cmp.Compare(a.Part, b.Part), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Namespace, b.Namespace),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.Container, b.Container), cmp.Compare(a.Fields, b.Fields),
		)
	})
	return all
}
