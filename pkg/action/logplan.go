package action

import (
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// LogQuery is which logs of some pods to read, and how much of them.
type LogQuery struct {
	// PodLogOptions are what the server is asked for. Container is the one to read, empty for the one that kubectl
	// would choose; Previous is ignored, Instance says which.
	corev1.PodLogOptions
	AllContainers bool
	Instance      Instance
	// StartTimeout is how long a followed container may take to start.
	StartTimeout time.Duration
	// MaxStreams is how many logs may be followed at once.
	MaxStreams int
}

// LogStream is one container's log, of one instance.
type LogStream struct {
	Pod       *corev1.Pod
	Container string
	Previous  bool
}

// LogPlan is what a LogQuery comes to for some pods.
type LogPlan struct {
	// Streams are in the order of the pods, and within a pod in kubectl's order of containers.
	Streams []LogStream
	// Notes tell which containers and instances were chosen.
	Notes []Note
	// Failures are the logs that cannot be there, each a sentence.
	Failures []error
}

// Plan settles which logs are read, from the pods' status alone: it asks nobody.
func (q *LogQuery) Plan(pods []corev1.Pod, now time.Time) LogPlan {
	plan := LogPlan{}
	for i := range pods {
		containers, notes, err := q.containers(&pods[i])
		if err != nil {
			plan.Failures = append(plan.Failures, err)
			continue
		}
		plan.Notes = append(plan.Notes, notes...)
		for _, container := range containers {
			plan.add(q, &pods[i], container, now)
		}
	}
	plan.Notes = distinct(plan.Notes)
	return plan
}

func (q *LogQuery) containers(pod *corev1.Pod) ([]string, []Note, error) {
	if q.AllContainers {
		return Containers(pod), nil, nil
	}
	choice, err := Choose(pod, q.Container)
	return []string{choice.Container}, choice.Notes, err
}

// add puts a container's log into the plan. A followed one may still start, so only the server can refuse it.
func (p *LogPlan) add(q *LogQuery, pod *corev1.Pod, container string, now time.Time) {
	status := statusOf(pod, container)
	if q.Instance == Previous && status.LastTerminationState.Terminated == nil {
		p.Failures = append(p.Failures, message.Errorf(nil, "logs.no-previous", logArgs(pod, container, "")))
		return
	}
	if !started(status) && !q.Follow {
		p.Failures = append(p.Failures, notStarted(pod, container))
		return
	}
	p.Notes = append(p.Notes, instanceNotes(pod, container, q.Instance, now)...)
	previous := q.Instance.resolve(status) == Previous
	p.Streams = append(p.Streams, LogStream{Pod: pod, Container: container, Previous: previous})
}

// distinct drops the notes that say the same: the replicas of a Deployment choose the same container.
func distinct(notes []Note) []Note {
	var kept []Note
	seen := map[string]bool{}
	for _, note := range notes {
		key := fmt.Sprint(note)
		if !seen[key] {
			seen[key] = true
			kept = append(kept, note)
		}
	}
	return kept
}

// options are what the server is asked for one stream. The log of an instance that is over grows no more.
func (q *LogQuery) options(stream LogStream) *corev1.PodLogOptions {
	options := q.DeepCopy()
	options.Container = stream.Container
	options.Previous = stream.Previous
	options.Follow = q.Follow && !stream.Previous
	return options
}
