package capture

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// subject is what is kept of a target while the recording grows: whose logs to read, and where to ask its app.
type subject struct {
	namespace, name, uid string
	instances            []instance
	checks               []check
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

// podOf reads a pod as its type.
func podOf(object map[string]any) (*corev1.Pod, error) {
	pod := &corev1.Pod{}
	return pod, runtime.DefaultUnstructuredConverter.FromUnstructured(object, pod)
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
	for _, container := range podstate.Containers(pod) {
		s.instances = append(s.instances, instance{
			container: container.Name(), well: isWell(pod),
			previous: container.Status.RestartCount > 0 || container.Status.LastTerminationState.Terminated != nil,
		})
	}
	for i := range pod.Spec.EphemeralContainers {
		s.instances = append(s.instances, instance{container: pod.Spec.EphemeralContainers[i].Name})
	}
	if active {
		s.checks = checksOf(pod)
	}
	return s
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
