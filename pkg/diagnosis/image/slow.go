package image

import (
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// long is from when on a pull is worth a word: that it goes on is then the answer to why the container is not there yet.
const long = 2 * time.Minute

// slowRule is the rule about pulls that go on and have not failed.
func slowRule() diagnosis.Rule {
	return diagnosis.Rule{
		Name:   "slow",
		Causes: []diagnosis.Cause{{ID: "image-pulling-slowly", Severity: diagnosis.Info, Explains: []string{"container-created-not-started"}}},
		Check:  slowPulls,
	}
}

func slowPulls(c *diagnosis.Case) []diagnosis.Finding {
	if c.Pod.DeletionTimestamp != nil || c.Pod.Status.StartTime == nil || c.Since(*c.Pod.Status.StartTime) < long {
		return nil
	}
	var findings []diagnosis.Finding
	for _, container := range c.Containers {
		if !beingMade(container) {
			continue
		}
		if begun := pullUnderWay(c.ContainerEvents(container.Name()).Value, container.Spec.Image); begun != nil {
			findings = append(findings, tellSlow(c, container, "", container.Spec.Image, begun)...)
			continue
		}
		for _, volume := range imageVolumes(c.Pod, container) {
			if begun := pullUnderWay(c.Events().Value, volume.Image.Reference); begun != nil {
				findings = append(findings, tellSlow(c, container, volume.Name, volume.Image.Reference, begun)...)
				break
			}
		}
	}
	return findings
}

// beingMade reports whether a container waits without any error: the kubelet's default reasons (pkg/kubelet/
// kubelet_pods.go, defaultWaitingState).
func beingMade(container podstate.Container) bool {
	waiting := container.Waiting()
	return waiting != nil && slices.Contains([]string{"", "ContainerCreating", "PodInitializing"}, waiting.Reason)
}

// pullUnderWay returns the event with which the pull of an image began, unless a later one tells how it ended.
func pullUnderWay(events []corev1.Event, image string) *corev1.Event {
	var begun *corev1.Event
	for i := range events {
		if events[i].Reason == "Pulling" && strings.Contains(events[i].Message, `"`+image+`"`) {
			begun = &events[i]
		}
	}
	if begun == nil {
		return nil
	}
	for i := range events {
		event := &events[i]
		about := strings.Contains(event.Message, `"`+image+`"`) || event.InvolvedObject.FieldPath != ""
		if event.Reason != "Pulling" && about && !casefile.LastSeen(event).Before(casefile.LastSeen(begun)) {
			return nil
		}
	}
	return begun
}

func tellSlow(c *diagnosis.Case, container podstate.Container, volume, image string, begun *corev1.Event) []diagnosis.Finding {
	since := c.Now().Sub(casefile.LastSeen(begun))
	if since < long {
		return nil
	}
	parsed := parseReference(image)
	return []diagnosis.Finding{{
		ID: "image-pulling-slowly", Confidence: diagnosis.Certain, Container: container.Name(),
		Args: message.Args{
			"Container": container.Name(), "Volume": volume, "Image": parsed.name(), "Registry": parsed.registry, "Since": duration.HumanDuration(since),
		},
		Evidence: []diagnosis.Evidence{diagnosis.EventOf(begun), diagnosis.StateOf(container)},
		Remedies: []diagnosis.Remedy{watchEvents(c), seeNeighbours(c)},
	}}
}
