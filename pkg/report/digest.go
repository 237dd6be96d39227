package report

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"text/tabwriter"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// digestEvents is how many of a pod's events a digest shows, the latest ones.
const digestEvents = 8

// tokenPath is where every container finds its API token: a mount that tells nothing about the app.
const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"

// Digest is what a newcomer should see first of a pod's description: node, address, owners, containers with their images
// and ports, and the latest events. The labels are those of `kubectl describe`, so that the reader finds them there again.
// The lines hold text of the cluster as it is.
func Digest(file *casefile.File, pod *corev1.Pod, messages *message.Catalog) []string {
	words := &Page{messages: messages}
	var text bytes.Buffer
	rows := tabwriter.NewWriter(&text, 0, 8, 2, ' ', 0)
	row := func(indent int, label, value string) {
		if value != "" {
			fmt.Fprintf(rows, "%s%s:\t%s\n", strings.Repeat(" ", indent), label, oneLine(value))
		}
	}
	row(0, "Name", pod.Name)
	row(0, "Status", podstate.ColumnsOf(pod, file.TakenAt).Status)
	row(0, "Node", words.nodeLine(file, pod))
	row(0, "IP", none(pod.Status.PodIP))
	row(0, "Controlled By", strings.TrimPrefix(words.ownerChain(file, pod), "Pod "+pod.Name+" ← "))
	for i := range pod.Spec.InitContainers {
		digestContainer(row, "Init Container", &pod.Spec.InitContainers[i], pod.Status.InitContainerStatuses, file)
	}
	for i := range pod.Spec.Containers {
		digestContainer(row, "Container", &pod.Spec.Containers[i], pod.Status.ContainerStatuses, file)
	}
	// A bytes.Buffer never fails to be written to.
	_ = rows.Flush()
	lines := strings.Split(strings.TrimRight(text.String(), "\n"), "\n")
	return append(lines, digestOfEvents(file, pod, messages)...)
}

func digestContainer(row func(int, string, string), kind string, container *corev1.Container, statuses []corev1.ContainerStatus, file *casefile.File) {
	row(0, kind, container.Name)
	row(2, "Image", container.Image)
	var ports, mounts []string
	for _, port := range container.Ports {
		ports = append(ports, strings.TrimSuffix(fmt.Sprintf("%d/%s (%s)", port.ContainerPort, cmp.Or(port.Protocol, corev1.ProtocolTCP), port.Name), " ()"))
	}
	for _, mount := range container.VolumeMounts {
		if mount.MountPath != tokenPath {
			mounts = append(mounts, mount.MountPath+" from "+mount.Name)
		}
	}
	row(2, "Ports", none(strings.Join(ports, ", ")))
	row(2, "Mounts", strings.Join(mounts, ", "))
	for i := range statuses {
		if statuses[i].Name == container.Name {
			row(2, "State", stateLine(&statuses[i], file))
		}
	}
}

// stateLine is a container's state in kubectl's words.
func stateLine(status *corev1.ContainerStatus, file *casefile.File) string {
	line := "Waiting"
	switch state := status.State; {
	case state.Running != nil:
		line = "Running"
		if began := state.Running.StartedAt; !began.IsZero() {
			line += " for " + duration.HumanDuration(file.TakenAt.Sub(began.Time))
		}
	case state.Terminated != nil:
		line = "Terminated: " + podstate.Death(state.Terminated)
	case state.Waiting != nil && state.Waiting.Message != "":
		line += ": " + state.Waiting.Reason + ": " + state.Waiting.Message
	case state.Waiting != nil && state.Waiting.Reason != "":
		line += ": " + state.Waiting.Reason
	}
	if status.RestartCount > 0 {
		line += fmt.Sprintf(", Restart Count %d", status.RestartCount)
	}
	return line
}

// digestOfEvents lists the latest events about the pod itself, the oldest first. That none could be read does not mean
// that there are none.
func digestOfEvents(file *casefile.File, pod *corev1.Pod, messages *message.Catalog) []string {
	events := file.Events(pod.UID)
	lines := []string{"Events:"}
	if unread := file.UnreadEvents(); len(events) == 0 && len(unread) > 0 {
		cause := oneLine(Sentence(unread[0], messages))
		return []string{"Events:  " + messages.Text("describe.unread", message.Args{"Cause": cause})}
	}
	if len(events) == 0 {
		return []string{"Events:  <none>"}
	}
	if len(events) > digestEvents {
		lines = []string{fmt.Sprintf("Events: (%d/%d)", digestEvents, len(events))}
		events = events[len(events)-digestEvents:]
	}
	var text bytes.Buffer
	rows := tabwriter.NewWriter(&text, 0, 8, 2, ' ', 0)
	for i := range events {
		event := &events[i]
		age := duration.HumanDuration(file.TakenAt.Sub(casefile.LastSeen(event)))
		if times := casefile.Times(event); times > 1 {
			age += fmt.Sprintf(" (x%d)", times)
		}
		fmt.Fprintf(rows, "  %s\t%s\t%s\t%s\n", age, event.Type, event.Reason, oneLine(event.Message))
	}
	_ = rows.Flush()
	return append(lines, strings.Split(strings.TrimRight(text.String(), "\n"), "\n")...)
}
