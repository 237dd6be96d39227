package timeline

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Lane is what a thing happened to, for a picture that keeps these apart.
type Lane string

// The lanes, from the whole to its parts.
const (
	// Nodes: a Node's events and conditions.
	Nodes Lane = "node"
	// Rollouts: what owns the pod was made, scaled or changed.
	Rollouts Lane = "rollout"
	// Pods: the pod was scheduled, its volumes mounted, its images pulled, its probes failed.
	Pods Lane = "pod"
	// Containers: a container started or ended.
	Containers Lane = "container"
)

// Lanes are all of them in the order in which they are drawn.
func Lanes() []Lane { return []Lane{Nodes, Rollouts, Pods, Containers} }

// lifeOfContainers are the reasons of the events, and of the status, that tell of a container's life.
var lifeOfContainers = []string{"Created", "Started", "Killing", "BackOff", "ContainerEnded", "ContainerStarted"}

// Lane is where an entry belongs.
func (e *Entry) Lane() Lane {
	switch {
	case e.Kind == "Node":
		return Nodes
	case e.Kind != "Pod":
		return Rollouts
	case slices.Contains(lifeOfContainers, e.Reason):
		return Containers
	}
	return Pods
}

// Story is what happened to a pod, and what its owners and its node remember beside their events: when each owner was made,
// which is a rollout, and since when the node's conditions are as they are. The oldest comes first.
func Story(file *casefile.File, pod *corev1.Pod) []Entry {
	entries := Of(file, pod)
	for _, owner := range file.Owners(pod) {
		if meta := owner.Metadata.Value; owner.Metadata.State == casefile.Known && !meta.CreationTimestamp.IsZero() {
			entries = append(entries, ofOwner(&owner, meta))
		}
	}
	if node := file.Node(pod.Spec.NodeName); node.State == casefile.Known {
		entries = append(entries, ofNode(node.Value)...)
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.Last.Compare(b.Last) })
	return entries
}

// revision is the annotation in which a Deployment counts its rollouts (kubernetes
// pkg/controller/deployment/util/deployment_util.go, RevisionAnnotation).
const revision = "deployment.kubernetes.io/revision"

func ofOwner(owner *casefile.Owner, meta *metav1.PartialObjectMetadata) Entry {
	made := meta.CreationTimestamp.Time
	return Entry{
		First: made, Last: made, Times: 1, Kind: owner.Kind, Name: owner.Name, Reason: owner.Kind + "Created", Source: "metadata",
		ID: "timeline.owner-created", Args: message.Args{"Object": owner.Kind + " " + owner.Name, "Revision": meta.Annotations[revision]},
	}
}

// ofNode tells since when a node is ready or not, and which of its conditions are bad.
func ofNode(node *corev1.Node) []Entry {
	var entries []Entry
	for i := range node.Status.Conditions {
		condition := &node.Status.Conditions[i]
		good := (condition.Type == corev1.NodeReady) == (condition.Status == corev1.ConditionTrue)
		if condition.LastTransitionTime.IsZero() || good && condition.Type != corev1.NodeReady {
			continue
		}
		at := condition.LastTransitionTime.Time
		entries = append(entries, Entry{
			First: at, Last: at, Times: 1, Kind: "Node", Name: node.Name, Warning: !good, Reason: string(condition.Type), Source: "status",
			ID: "timeline.node-condition", Args: message.Args{"Condition": string(condition.Type), "Status": string(condition.Status), "Why": condition.Reason},
		})
	}
	return entries
}
