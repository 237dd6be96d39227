package capture

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// subject is what is kept of a target while the recording grows: whose logs to read, and where to ask its app.
type subject struct {
	namespace, name, uid string
	instances            []instance
	checks               []check
	// moving is how the containers of a pod that is not well stood, as a digest; they may go on while it is captured.
	moving string
}

// instance is a container of a subject.
type instance struct {
	container string
	// well is set for a container of which few lines are enough.
	well bool
	// previous is set when there was an instance before the current one.
	previous bool
}

// matcher tells which pods of a namespace are targets. Lists are read whole, and once.
type matcher struct {
	namespace string
	names     []string
	labels    labels.Selector
	fields    fields.Selector
}

func newMatcher(selection target.Selection) (matcher, error) {
	m := matcher{namespace: selection.Namespace, names: selection.Names}
	var err error
	if m.labels, err = labels.Parse(selection.Labels); err != nil {
		return m, err
	}
	m.fields, err = fields.ParseSelector(selection.Fields)
	return m, err
}

// matches reports whether a pod is meant. The fields are those that the server can select pods by (kubernetes
// pkg/registry/core/pod/strategy.go, ToSelectableFields).
func (m matcher) matches(pod *corev1.Pod) bool {
	if m.namespace != "" && pod.Namespace != m.namespace || len(m.names) > 0 && !slices.Contains(m.names, pod.Name) {
		return false
	}
	known := fields.Set{
		"metadata.name": pod.Name, "metadata.namespace": pod.Namespace, "spec.nodeName": pod.Spec.NodeName,
		"spec.restartPolicy": string(pod.Spec.RestartPolicy), "spec.schedulerName": pod.Spec.SchedulerName,
		"spec.serviceAccountName": pod.Spec.ServiceAccountName, "status.phase": string(pod.Status.Phase),
		"status.podIP": pod.Status.PodIP, "status.nominatedNodeName": pod.Status.NominatedNodeName,
	}
	return m.labels.Matches(labels.Set(pod.Labels)) && m.fields.Matches(known)
}

// podOf reads a pod as its type. It goes by JSON, since numbers are kept as the server wrote them, which apimachinery's
// converter does not know.
func podOf(object map[string]any) (*corev1.Pod, error) {
	raw, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	pod := &corev1.Pod{}
	return pod, json.Unmarshal(raw, pod)
}

// fewAlike is of how many healthy replicas of one owner the logs are read: the rest say the same.
const fewAlike = 3

// census counts the healthy replicas of each owner.
type census map[types.UID]int

// subject says what to read of a pod beside the object.
func (c census) subject(pod *corev1.Pod, active bool) subject {
	s := subject{namespace: pod.Namespace, name: pod.Name, uid: string(pod.UID)}
	if owner := metav1.GetControllerOf(pod); owner != nil && isWell(pod) {
		if c[owner.UID]++; c[owner.UID] > fewAlike {
			return s
		}
	}
	s.instances = instancesOf(pod)
	if !isWell(pod) {
		s.moving = standing(pod)
	}
	if active {
		s.checks = checksOf(pod)
	}
	return s
}

// instancesOf are the containers of a pod, with what logs there are to read of each.
func instancesOf(pod *corev1.Pod) []instance {
	var all []instance
	for _, container := range podstate.Containers(pod) {
		ended := container.Status.State.Terminated
		all = append(all, instance{
			container: container.Name(), well: isWell(pod),
			// Who has ended may have been started again by the time that the log is read.
			previous: container.Status.RestartCount > 0 || container.Status.LastTerminationState.Terminated != nil ||
				ended != nil && podstate.RestartsAfter(pod, container.Name(), ended),
		})
	}
	for i := range pod.Spec.EphemeralContainers {
		all = append(all, instance{container: pod.Spec.EphemeralContainers[i].Name})
	}
	return all
}

// standing is a digest of the instances of a pod's containers: two pods with the same one have the same logs, but for what
// an instance that runs goes on to write.
func standing(pod *corev1.Pod) string {
	digest := sha256.New()
	for _, container := range podstate.Containers(pod) {
		fmt.Fprintln(digest, container.Name(), container.Status.RestartCount, container.Status.ContainerID, container.Running() != nil)
		for _, ended := range []*corev1.ContainerStateTerminated{container.Status.State.Terminated, container.Status.LastTerminationState.Terminated} {
			if ended != nil {
				fmt.Fprintln(digest, ended.ContainerID, ended.FinishedAt)
			}
		}
	}
	return string(digest.Sum(nil))
}

// isWell reports whether a pod does what it should, and always has.
func isWell(pod *corev1.Pod) bool {
	if pod.Status.Phase == corev1.PodSucceeded {
		return true
	}
	ready := slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue
	})
	restarted := slices.ContainsFunc(podstate.Containers(pod), func(c podstate.Container) bool { return c.Status.RestartCount > 0 })
	return ready && !restarted && pod.DeletionTimestamp == nil
}
