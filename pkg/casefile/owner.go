package casefile

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Owner is a link of the chain from a pod to what made it.
type Owner struct {
	metav1.OwnerReference
	// Metadata is what was read of the owner. When it is not known, the chain may go on beyond it.
	Metadata Answer[*metav1.PartialObjectMetadata]
}

// maxClimb bounds the chain of owners: real ones have two or three links, and references may form a circle.
const maxClimb = 8

// Owners climbs from a pod to the object that nobody owns: ReplicaSet, then Deployment. It names each object once, and
// ends at the first one that is not known.
func (f *File) Owners(pod *corev1.Pod) []Owner {
	var chain []Owner
	for reference := ControllerOf(pod); reference != nil && len(chain) < maxClimb; {
		if slices.ContainsFunc(chain, func(owner Owner) bool { return owner.UID == reference.UID }) {
			break
		}
		owner := Owner{OwnerReference: *reference, Metadata: f.owner(pod.Namespace, reference)}
		chain = append(chain, owner)
		if owner.Metadata.State != Known {
			break
		}
		reference = ControllerOf(owner.Metadata.Value)
	}
	return chain
}

// ControllerOf returns the reference to the controller of an object. One that names nothing, as no API server would let in, is
// none: asked for without a name, all objects of the kind would be the answer.
func ControllerOf(object metav1.Object) *metav1.OwnerReference {
	reference := metav1.GetControllerOf(object)
	if reference == nil || reference.Kind == "" || reference.Name == "" {
		return nil
	}
	return reference
}

// owner returns what was read of an owner. One that was made anew under its name is another.
func (f *File) owner(namespace string, reference *metav1.OwnerReference) Answer[*metav1.PartialObjectMetadata] {
	answer := f.MetadataOf(OwnerNamed(namespace, reference))
	if answer.State == Known && answer.Value.UID != reference.UID {
		return Unanswered[*metav1.PartialObjectMetadata](Absent, nil)
	}
	return answer
}

// OwnerNamed asks for the metadata of the object that an owner reference names: nothing else of it is needed to climb to
// the next one.
func OwnerNamed(namespace string, reference *metav1.OwnerReference) Question {
	kind := metav1.TypeMeta{APIVersion: reference.APIVersion, Kind: reference.Kind}
	if kind == nodeKind {
		namespace = "" // A static pod is owned by its node.
	}
	return Question{TypeMeta: kind, Part: Metadata, Namespace: namespace, Name: reference.Name}
}
