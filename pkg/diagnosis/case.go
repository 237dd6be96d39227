package diagnosis

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Case is one pod and all that can be asked around it. Its methods answer from what has been read; what has not is NotYet
// and will be read before the rule is run again.
type Case struct {
	Pod *corev1.Pod
	// Containers are the pod's, in the order in which the kubelet starts them.
	Containers []podstate.Container

	file *casefile.File
	// alike are the replicas of which one stands for all whose container died alike.
	alike deathsAlike
	asked map[casefile.Question]bool
	// places are where the containers stand, by name, and events are those about each of them, once they have been looked through.
	places map[string]int
	events map[string][]corev1.Event
}

func newCase(file *casefile.File, pod *corev1.Pod, alike deathsAlike) *Case {
	c := &Case{Pod: pod, Containers: podstate.Containers(pod), file: file, alike: alike, asked: map[casefile.Question]bool{}, places: map[string]int{}}
	for i, container := range c.Containers {
		if _, twice := c.places[container.Name()]; !twice {
			c.places[container.Name()] = i
		}
	}
	return c
}

// container is the one of a name, the first if there are several.
func (c *Case) container(name string) (podstate.Container, bool) {
	at, found := c.places[name]
	if !found {
		return podstate.Container{}, false
	}
	return c.Containers[at], true
}

// Now is when the file was taken; ages are measured against it.
func (c *Case) Now() time.Time { return c.file.TakenAt }

// Since is how long ago a moment was.
func (c *Case) Since(then metav1.Time) time.Duration { return c.file.TakenAt.Sub(then.Time) }

func (c *Case) ask(question casefile.Question) casefile.Question {
	c.asked[question] = true
	return question
}

// Events returns the pod's own events of some reasons (of all when none is given), the oldest first.
func (c *Case) Events(reasons ...string) casefile.Answer[[]corev1.Event] {
	c.ask(casefile.EventsIn(c.Pod.Namespace))
	answer := c.file.EventsOf(c.Pod.Namespace, c.Pod.UID)
	if len(reasons) > 0 {
		answer.Value = slices.DeleteFunc(slices.Clone(answer.Value), func(e corev1.Event) bool { return !slices.Contains(reasons, e.Reason) })
	}
	return answer
}

// ContainerEvents returns the events about one of the pod's containers: those whose involvedObject.fieldPath names it
// (spec.containers{web}), as the kubelet's do.
func (c *Case) ContainerEvents(container string, reasons ...string) casefile.Answer[[]corev1.Event] {
	answer := c.Events()
	if answer.State != casefile.Known {
		return answer
	}
	if c.events == nil {
		c.events = map[string][]corev1.Event{}
		for _, event := range answer.Value {
			if name, about := containerIn(event.InvolvedObject.FieldPath); about {
				c.events[name] = append(c.events[name], event)
			}
		}
	}
	answer.Value = slices.Clone(c.events[container])
	if len(reasons) > 0 {
		answer.Value = slices.DeleteFunc(answer.Value, func(e corev1.Event) bool { return !slices.Contains(reasons, e.Reason) })
	}
	return answer
}

// containerIn is the container that a field path names.
func containerIn(path string) (string, bool) {
	for _, list := range []string{"spec.containers{", "spec.initContainers{"} {
		if name, found := strings.CutPrefix(path, list); found {
			return strings.CutSuffix(name, "}")
		}
	}
	return "", false
}

// Node returns the pod's node; it is Absent, too, when the pod has none yet.
func (c *Case) Node() casefile.Answer[*corev1.Node] {
	if c.Pod.Spec.NodeName == "" {
		return casefile.Unanswered[*corev1.Node](casefile.Absent, nil)
	}
	return c.file.Node(c.ask(casefile.NodeNamed(c.Pod.Spec.NodeName)).Name)
}

// NodeEvents returns the events about the pod's node.
func (c *Case) NodeEvents() casefile.Answer[[]corev1.Event] {
	c.ask(casefile.EventsOfNodes())
	uids := []types.UID{types.UID(c.Pod.Spec.NodeName)}
	if node := c.file.Node(c.Pod.Spec.NodeName); node.State == casefile.Known {
		uids = append(uids, node.Value.UID)
	}
	return c.file.EventsOfNode(uids...)
}

// question names an object of core/v1 in the pod's namespace.
func (c *Case) question(kind string, part casefile.Part, name string) casefile.Question {
	return c.ask(casefile.Question{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: kind}, Part: part, Namespace: c.Pod.Namespace, Name: name,
	})
}

// ConfigMap returns a ConfigMap of the pod's namespace. Without a name there is none, and nobody is asked.
func (c *Case) ConfigMap(name string) casefile.Answer[*corev1.ConfigMap] {
	if name == "" {
		return casefile.Unanswered[*corev1.ConfigMap](casefile.Absent, nil)
	}
	return casefile.Object[corev1.ConfigMap](c.file, c.question("ConfigMap", casefile.Whole, name))
}

// ServiceAccount returns the ServiceAccount under which the pod runs.
func (c *Case) ServiceAccount() casefile.Answer[*corev1.ServiceAccount] {
	name := c.Pod.Spec.ServiceAccountName
	if name == "" {
		name = "default"
	}
	return casefile.Object[corev1.ServiceAccount](c.file, c.question("ServiceAccount", casefile.Whole, name))
}

// Secret returns the metadata of a Secret of the pod's namespace; its data is never requested.
func (c *Case) Secret(name string) casefile.Answer[*metav1.PartialObjectMetadata] {
	if name == "" {
		return casefile.Unanswered[*metav1.PartialObjectMetadata](casefile.Absent, nil)
	}
	return c.file.MetadataOf(c.question("Secret", casefile.Metadata, name))
}

// Names returns the names of all ConfigMaps or Secrets (kind) of the pod's namespace: for the nearest to one that is
// missing.
func (c *Case) Names(kind string) casefile.Answer[[]string] {
	return c.file.Names(c.question(kind, casefile.Metadata, ""))
}

// Log returns the end of a container's log. It is Absent when the server says that this instance has none.
func (c *Case) Log(container string, previous bool) casefile.Answer[casefile.Log] {
	return c.file.Log(c.ask(casefile.LogOf(c.Pod.Namespace, c.Pod.Name, container, previous)))
}

// questions are those that were asked, in a stable order.
func (c *Case) questions() []casefile.Question {
	return slices.SortedFunc(maps.Keys(c.asked), func(a, b casefile.Question) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
}
