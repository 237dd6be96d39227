package difference

import (
	"cmp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// place is a container of a workload.
type place struct {
	Subject
	container string
}

func comparePlaces(a, b place) int {
	return cmp.Or(compareSubjects(a.Subject, b.Subject), cmp.Compare(a.container, b.container))
}

// digests are the digests of the images that the containers of each workload run, sorted.
func digests(found *diagnosis.Diagnosis) map[place][]string {
	all := map[place][]string{}
	for i := range found.Targets {
		for _, container := range podstate.Containers(found.Targets[i].Pod) {
			at := place{subjectOf(&found.Targets[i]), container.Name()}
			if digest := digestOf(container.Status.ImageID); digest != "" && !slices.Contains(all[at], digest) {
				all[at] = append(all[at], digest)
				slices.Sort(all[at])
			}
		}
	}
	return all
}

// digestOf is the digest at the end of an imageID: docker.io/library/busybox@sha256:…, or the bare digest that containerd gives
// for an image that was never pulled.
func digestOf(imageID string) string {
	if at := strings.LastIndex(imageID, "sha256:"); at >= 0 {
		return imageID[at:]
	}
	return imageID
}

func (d *Difference) compareImages(before, after *diagnosis.Diagnosis) {
	was, is := digests(before), digests(after)
	for _, at := range union(was, is, comparePlaces) {
		if a, b := was[at], is[at]; len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) {
			d.Images = append(d.Images, Image{at.Subject, at.container, a, b})
		}
	}
}

// instance is a container of one pod, not of another that was made anew under its name.
type instance struct{ namespace, pod, uid, container string }

func restarts(found *diagnosis.Diagnosis) map[instance]int {
	all := map[instance]int{}
	for i := range found.Targets {
		pod := found.Targets[i].Pod
		for _, container := range podstate.Containers(pod) {
			all[instanceOf(pod, container)] = int(container.Status.RestartCount)
		}
	}
	return all
}

func instanceOf(pod *corev1.Pod, container podstate.Container) instance {
	return instance{pod.Namespace, pod.Name, string(pod.UID), container.Name()}
}

func (d *Difference) compareRestarts(before, after *diagnosis.Diagnosis) {
	was, is := restarts(before), restarts(after)
	byName := func(a, b instance) int {
		return cmp.Or(cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.pod, b.pod), cmp.Compare(a.container, b.container), cmp.Compare(a.uid, b.uid))
	}
	for _, at := range union(was, is, byName) {
		old, had := was[at]
		now, has := is[at]
		if had && has && old != now {
			d.Restarts = append(d.Restarts, Restart{at.namespace, at.pod, at.container, old, now})
		}
	}
}
