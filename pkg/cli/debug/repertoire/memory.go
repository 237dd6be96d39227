package repertoire

import (
	"context"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// soon is how long a container may have run for its death to be called one at its start.
const soon = 30 * time.Second

// memory shows what memory the containers are given, and how each ended last.
func (t Tools) memory(_ context.Context, subject *Subject, _ map[string]string) Result {
	pod := subject.Pod
	result := Result{
		Commands: listed(t.Kubectl.command(pod.Namespace,
			`get pod %s -o custom-columns=CONTAINER:.spec.containers[*].name,REQUEST:.spec.containers[*].resources.requests.memory,LIMIT:.spec.containers[*].resources.limits.memory,RESTARTS:.status.containerStatuses[*].restartCount`,
			pod.Name)),
		Args: message.Args{"Limit": "", "Request": "", "Ran": "", "Restarts": ""},
	}
	rows := [][]string{{"CONTAINER", "REQUEST", "LIMIT", "RESTARTS", "LAST DEATH", "RAN"}}
	for _, container := range podstate.Containers(pod) {
		request, limit := memoryOf(container.Spec.Resources.Requests), memoryOf(container.Spec.Resources.Limits)
		row := []string{container.Name(), request, limit, strconv.Itoa(int(container.Status.RestartCount)), "", ""}
		death := container.LastDeath()
		if death != nil {
			row[4], row[5] = podstate.Death(death), duration.HumanDuration(death.FinishedAt.Sub(death.StartedAt.Time))
		}
		rows = append(rows, row)
		if container.Name() != subject.container() {
			continue
		}
		result.Args["Limit"], result.Args["Request"], result.Args["Ran"], result.Args["Restarts"] = limit, request, row[5], row[3]
		result.Facts = memoryFacts(container, request, limit)
	}
	return t.firstLines(result, columns(rows), tableLines, result.Commands[0].Command)
}

func memoryFacts(container podstate.Container, request, limit string) []string {
	facts := []string{"limit"}
	switch {
	case limit == "":
		facts = []string{"no-limit"}
	case request != limit:
		facts = append(facts, "burst") // The kubelet gives a container without a request its limit as one.
	}
	if death := container.LastDeath(); death != nil {
		if death.FinishedAt.Sub(death.StartedAt.Time) < soon {
			facts = append(facts, "at-start")
		} else {
			facts = append(facts, "after-a-while")
		}
	}
	if container.Status.RestartCount > 1 {
		facts = append(facts, "again")
	}
	return facts
}

func memoryOf(list corev1.ResourceList) string {
	quantity, ok := list[corev1.ResourceMemory]
	if !ok || quantity.Cmp(resource.Quantity{}) == 0 {
		return ""
	}
	return quantity.String()
}

// memoryAction is what a workflow may know of it.
func memoryAction() workflow.Action {
	return workflow.Action{
		Facts: []string{"limit", "no-limit", "burst", "at-start", "after-a-while", "again"},
		Args:  []string{"Limit", "Request", "Ran", "Restarts"},
	}
}
