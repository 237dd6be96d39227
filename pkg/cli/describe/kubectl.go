package describe

import (
	"cmp"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubectl/pkg/describe"
)

// kubectl is kubectl's own description of a pod, without its events, which are in the timeline.
func kubectl(pod *corev1.Pod) (string, error) {
	return describe.DefaultObjectDescriber.DescribeObject(defaulted(pod), (*corev1.EventList)(nil))
}

// defaulted is a copy of a pod with all that kubectl's describer takes for granted, since the API server has filled it in
// (kubernetes pkg/apis/core/v1/defaults.go; its package can't be imported). A pod of a manifest or of a recording that was
// written by hand has none of it. What the API requires and has no default for is empty.
func defaulted(pod *corev1.Pod) *corev1.Pod {
	pod = pod.DeepCopy()
	if pod.DeletionTimestamp != nil {
		const grace = corev1.DefaultTerminationGracePeriodSeconds
		own := or(pod.Spec.TerminationGracePeriodSeconds, grace)
		pod.DeletionGracePeriodSeconds = cmp.Or(pod.DeletionGracePeriodSeconds, own)
	}
	if context := pod.Spec.SecurityContext; context != nil {
		defaultProfile(context.SeccompProfile)
	}
	if group := pod.Spec.SchedulingGroup; group != nil {
		group.PodGroupName = or(group.PodGroupName, "")
	}
	for i := range pod.Spec.InitContainers {
		defaultContainer(&pod.Spec.InitContainers[i])
	}
	for i := range pod.Spec.Containers {
		defaultContainer(&pod.Spec.Containers[i])
	}
	for i := range pod.Spec.EphemeralContainers {
		defaultContainer((*corev1.Container)(&pod.Spec.EphemeralContainers[i].EphemeralContainerCommon))
	}
	for i := range pod.Spec.Volumes {
		defaultVolume(&pod.Spec.Volumes[i])
	}
	return pod
}

func defaultProfile(profile *corev1.SeccompProfile) {
	if profile != nil {
		profile.LocalhostProfile = or(profile.LocalhostProfile, "")
	}
}

func defaultContainer(container *corev1.Container) {
	if context := container.SecurityContext; context != nil {
		defaultProfile(context.SeccompProfile)
	}
	for _, probe := range []*corev1.Probe{container.LivenessProbe, container.ReadinessProbe, container.StartupProbe} {
		if probe != nil && probe.GRPC != nil {
			probe.GRPC.Service = or(probe.GRPC.Service, "")
		}
	}
}

// tokenLife is how long a projected token lives when nothing else is asked for, in seconds.
const tokenLife = 60 * 60

func defaultVolume(volume *corev1.Volume) {
	if disk := volume.AzureDisk; disk != nil {
		disk.CachingMode = or(disk.CachingMode, corev1.AzureDataDiskCachingReadWrite)
		disk.Kind = or(disk.Kind, corev1.AzureSharedBlobDisk)
		disk.FSType, disk.ReadOnly = or(disk.FSType, "ext4"), or(disk.ReadOnly, false)
	}
	if volume.Projected == nil {
		return
	}
	for i := range volume.Projected.Sources {
		if token := volume.Projected.Sources[i].ServiceAccountToken; token != nil {
			token.ExpirationSeconds = or(token.ExpirationSeconds, tokenLife)
		}
	}
}

// or is the value that is set, else the default.
func or[T any](value *T, otherwise T) *T {
	if value == nil {
		return &otherwise
	}
	return value
}
