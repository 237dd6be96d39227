package crash

import (
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// How long the kubelet may take to create a container, and to pull its image. They are rules of thumb.
const (
	creationTime = 2 * time.Minute
	pullTime     = 10 * time.Minute
	// errorsRepeat is the longest that the kubelet lets pass before it tries again, and says again, what failed: it waits
	// two minutes for volumes (pkg/kubelet/volumemanager/volume_manager.go, podAttachAndMountTimeout), and backs off from
	// images for up to five (pkg/kubelet/kubelet.go, MaxImageBackOff).
	errorsRepeat = 5 * time.Minute
)

// checkCreated tells of a container whose turn it is and that is not created, while nothing says why.
func checkCreated(c *diagnosis.Case) []diagnosis.Finding {
	container, since, found := next(c)
	if !found || c.Pod.DeletionTimestamp != nil || since < creationTime {
		return nil
	}
	events := c.Events()
	if slices.ContainsFunc(events.Value, func(e corev1.Event) bool { return troubling(c, &e) }) {
		return nil
	}
	if since < pullTime && pulling(events.Value, container.Name()) {
		return nil
	}
	confidence := diagnosis.Likely
	if events.State == casefile.Known {
		confidence = diagnosis.Certain
	}
	node := c.Pod.Spec.NodeName
	finding := diagnosis.Finding{
		ID: "container-created-not-started", Confidence: confidence, Container: container.Name(), Form: stage(c, container, events.Value),
		Args:     message.Args{"Container": container.Name(), "Since": duration.HumanDuration(since), "Node": node},
		Evidence: []diagnosis.Evidence{diagnosis.StateOf(container)},
		Remedies: []diagnosis.Remedy{
			c.Look("remedy.crash-see-pod-events", message.Args{"Pod": c.Pod.Name}, "events --for pod/%s", c.Pod.Name),
			{ID: "remedy.crash-see-node", Args: message.Args{"Node": node}, Command: shellword.New("kubectl describe node %s", node), Effect: diagnosis.ReadOnly},
		},
	}
	if newest := len(events.Value) - 1; newest >= 0 {
		finding.Evidence = append(finding.Evidence, diagnosis.EventOf(&events.Value[newest]))
	}
	if finding.Form == inHook {
		finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(container, "lifecycle.postStart", hookOf(container.Spec.Lifecycle.PostStart)))
		finding.Remedies = append([]diagnosis.Remedy{c.EditWorkload()}, finding.Remedies[0])
	}
	return []diagnosis.Finding{finding}
}

// hookOf says in a word what a hook does.
func hookOf(hook *corev1.LifecycleHandler) string {
	switch {
	case hook.Exec != nil:
		return "exec " + strings.Join(hook.Exec.Command, " ")
	case hook.HTTPGet != nil:
		return "httpGet :" + hook.HTTPGet.Port.String() + hook.HTTPGet.Path
	case hook.Sleep != nil:
		return fmt.Sprintf("sleep %ds", hook.Sleep.Seconds)
	}
	return "?"
}

// next returns the container whose turn it is to be created, and for how long it has been: since the pod was given to its
// node, or since the init container before was done.
func next(c *diagnosis.Case) (podstate.Container, time.Duration, bool) {
	turn, scheduled := scheduledAt(c.Pod)
	if !scheduled {
		return podstate.Container{}, 0, false
	}
	for _, container := range c.Containers {
		if at, done := donePart(container); done {
			turn = later(turn, at)
			continue
		}
		if container.Started() && container.Role == podstate.Main {
			continue
		}
		return container, c.Now().Sub(turn), neverCreated(container)
	}
	return podstate.Container{}, 0, false
}

func neverCreated(container podstate.Container) bool {
	waiting := container.Waiting()
	return waiting != nil && !container.Started() && (waiting.Reason == "ContainerCreating" || waiting.Reason == "PodInitializing")
}

// donePart tells when an init container let the next one start: when it had ended well, or a sidecar had started.
func donePart(container podstate.Container) (time.Time, bool) {
	died, running := container.Status.State.Terminated, container.Running()
	switch {
	case container.Role == podstate.Init && died != nil && died.ExitCode == 0:
		return died.FinishedAt.Time, true
	case container.Role == podstate.Sidecar && running != nil && container.Status.Started != nil && *container.Status.Started:
		return running.StartedAt.Time, true
	}
	return time.Time{}, false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func scheduledAt(pod *corev1.Pod) (time.Time, bool) {
	for _, condition := range pod.Status.Conditions {
		if condition.Type == corev1.PodScheduled {
			return condition.LastTransitionTime.Time, condition.Status == corev1.ConditionTrue
		}
	}
	return time.Time{}, false
}

// troubling reports whether an event says what is wrong; other rules tell it.
func troubling(c *diagnosis.Case, event *corev1.Event) bool {
	return event.Type == corev1.EventTypeWarning && event.Reason != "FailedScheduling" && c.Now().Sub(casefile.LastSeen(event)) < errorsRepeat
}

// pulling reports whether the container's image is being pulled: the last that was heard of it is that this began.
func pulling(events []corev1.Event, container string) bool {
	underWay := false
	for i := range events {
		path := events[i].InvolvedObject.FieldPath
		if path == "spec.containers{"+container+"}" || path == "spec.initContainers{"+container+"}" {
			underWay = events[i].Reason == "Pulling"
		}
	}
	return underWay
}

// inHook is the wording for a container whose postStart hook has not ended.
const inHook = "hook"

// stage chooses the wording by how far the kubelet has come: network and volumes of the pod, the container itself, or a
// postStart hook, during which the status stays as it was, as the kubelet waits for the hook before it goes on
// (pkg/kubelet/kuberuntime/kuberuntime_container.go, startContainer).
func stage(c *diagnosis.Case, container podstate.Container, events []corev1.Event) string {
	started := slices.ContainsFunc(events, func(e corev1.Event) bool {
		return e.Reason == "Started" && e.InvolvedObject.FieldPath == "spec.containers{"+container.Name()+"}"
	})
	if started && hasPostStart(container) {
		return inHook
	}
	for _, condition := range c.Pod.Status.Conditions {
		if condition.Type == corev1.PodReadyToStartContainers && condition.Status == corev1.ConditionFalse {
			return "sandbox"
		}
	}
	return ""
}
