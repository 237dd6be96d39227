package casefile

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Open gathers what there is to know around pods: their events, their nodes and those's events, and their owners. The
// number of requests depends on the number of namespaces and kinds of owners, not on that of pods.
func Open(ctx context.Context, reader Reader, pods []corev1.Pod, now time.Time) *File {
	return New(pods, now).Around(ctx, reader, pods)
}

// Around gathers what there is to know around some of the file's pods. What is known already is not asked again.
func (f *File) Around(ctx context.Context, reader Reader, pods []corev1.Pod) *File {
	file := f
	for questions := file.surroundings(pods); len(questions) > 0; questions = file.ownersUnread(pods) {
		file = file.Gather(ctx, eyes{reader}, questions)
	}
	return file
}

func (f *File) surroundings(pods []corev1.Pod) []Question {
	questions := f.ownersUnread(pods)
	for i := range pods {
		pod := &pods[i]
		questions = append(questions, EventsIn(pod.Namespace))
		if pod.Spec.NodeName != "" {
			questions = append(questions, NodeNamed(pod.Spec.NodeName))
		}
	}
	return append(questions, EventsOfNodes())
}

// ownersUnread asks for the next link of every chain.
func (f *File) ownersUnread(pods []corev1.Pod) []Question {
	var questions []Question
	for i := range pods {
		pod := &pods[i]
		chain := f.Owners(pod)
		if len(chain) == 0 {
			continue
		}
		if last := chain[len(chain)-1]; last.Metadata.State == NotYet {
			questions = append(questions, OwnerNamed(pod.Namespace, &last.OwnerReference))
		}
	}
	return questions
}
