package image

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// failure is an image that can't be had.
type failure struct {
	Container podstate.Container
	// Volume is the name of the image volume that it is meant for; empty for the container's own image.
	Volume string
	// Written is the reference as the pod has it, and Image is the same taken apart.
	Written string
	Image   reference
	// Text is the error of the latest pull. It is empty when the status does not tell it and the events are not known, or
	// have expired; Unread is true as long as they have not been read.
	Text   string
	Unread bool
	// Cause and Form are what Text leads to; empty when it is not known.
	Cause, Form string
	Evidence    []diagnosis.Evidence
}

// reasons are the kubelet's for an image that can't be had (pkg/kubelet/images/types.go, and cri-api pkg/errors/errors.go).
var reasons = []string{
	"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed",
}

// failures returns the images that the pod waits for in vain, one a container.
func failures(c *diagnosis.Case) []failure {
	var failed []failure
	for _, container := range c.Containers {
		if waiting := container.Waiting(); waiting != nil && slices.Contains(reasons, waiting.Reason) {
			failed = append(failed, failureOf(c, container, waiting))
		}
	}
	return failed
}

func failureOf(c *diagnosis.Case, container podstate.Container, waiting *corev1.ContainerStateWaiting) failure {
	failed := failure{Container: container, Written: container.Spec.Image, Evidence: []diagnosis.Evidence{diagnosis.StateOf(container)}}
	if volume := volumeIn(c.Pod, container, waiting.Message); volume != nil {
		failed.Volume, failed.Written = volume.Name, volume.Image.Reference
	}
	failed.Image = parseReference(failed.Written)
	switch waiting.Reason {
	case "ErrImageNeverPull":
		failed.Text, failed.Cause = waiting.Message, neverPullID
		return failed
	case "InvalidImageName":
		failed.Text, failed.Cause = waiting.Message, invalidNameID
		return failed
	}
	failed.Text = pullError(waiting.Message)
	if failed.Text == "" {
		failed.readEvent(c)
	}
	failed.Cause, failed.Form = classify(failed.Text, failed.Written)
	return failed
}

// pullError is the error within the message of a container that waits. While the kubelet holds a pull back, it is that of
// the pull before, or missing: older kubelets say no more than that they hold it back (pkg/kubelet/images/image_manager.go,
// pullImage).
func pullError(text string) string {
	held, found := strings.CutPrefix(text, `Back-off pulling image "`)
	if !found {
		return text
	}
	_, text, _ = strings.Cut(held, `": `)
	return text
}

// readEvent takes the error from the latest event that tells it. The event names the image as the pod has it; that of an
// image volume names no container.
func (f *failure) readEvent(c *diagnosis.Case) {
	events := c.Events("Failed")
	f.Unread = events.State == casefile.NotYet
	for _, event := range slices.Backward(events.Value) {
		if text, found := strings.CutPrefix(event.Message, `Failed to pull image "`+f.Written+`": `); found {
			f.Text, f.Evidence = text, append(f.Evidence, diagnosis.EventOf(&event))
			return
		}
	}
}

// volumeIn returns the image volume of a container that a message is about, or nil when it is about the container's own
// image. The kubelet reports a volume's failed pull as if it were the container's (pkg/kubelet/kuberuntime/
// kuberuntime_manager.go, toKubeContainerImageVolumes).
func volumeIn(pod *corev1.Pod, container podstate.Container, text string) *corev1.Volume {
	volumes := imageVolumes(pod, container)
	if len(volumes) == 0 || namedIn(text, container.Spec.Image) {
		return nil
	}
	written := func(v *corev1.Volume) bool { return namedIn(text, v.Image.Reference) }
	if at := slices.IndexFunc(volumes, written); at >= 0 {
		return volumes[at]
	}
	// The runtime's own words have the name in full.
	full := func(v *corev1.Volume) bool { return namedIn(text, parseReference(v.Image.Reference).path()) }
	if at := slices.IndexFunc(volumes, full); at >= 0 && !namedIn(text, parseReference(container.Spec.Image).path()) {
		return volumes[at]
	}
	return nil
}

// imageVolumes are the image volumes that a container mounts.
func imageVolumes(pod *corev1.Pod, container podstate.Container) []*corev1.Volume {
	var volumes []*corev1.Volume
	for i := range pod.Spec.Volumes {
		volume := &pod.Spec.Volumes[i]
		mounted := slices.ContainsFunc(container.Spec.VolumeMounts, func(m corev1.VolumeMount) bool { return m.Name == volume.Name })
		if volume.Image != nil && mounted {
			volumes = append(volumes, volume)
		}
	}
	return volumes
}
