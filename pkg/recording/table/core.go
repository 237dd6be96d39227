package table

import (
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// corePrinters print pods and what is beside them (Kubernetes v1.36, pkg/printers/internalversion/printers.go).
func corePrinters() map[string]Printer {
	return map[string]Printer{
		"pods":                 printer("Name Ready Status Restarts Age IP* Node* Nominated_Node* Readiness_Gates*", pod),
		"events":               printer("Last_Seen Type Reason Object Subobject* Source* Message First_Seen* Count* Name*", event),
		"events.events.k8s.io": printer("Last_Seen Type Reason Object Subobject* Source* Message First_Seen* Count* Name*", event),
		"namespaces": printer("Name Status Age", func(n *corev1.Namespace, now time.Time) []any {
			return []any{n.Name, string(n.Status.Phase), age(n.CreationTimestamp, now)}
		}),
		"configmaps": printer("Name Data Age", func(c *corev1.ConfigMap, now time.Time) []any {
			return []any{c.Name, len(c.Data) + len(c.BinaryData), age(c.CreationTimestamp, now)}
		}),
		// Of a Secret a recording has no type and no keys.
		"secrets": printer("Name Type Data Age", func(s *corev1.Secret, now time.Time) []any {
			return []any{s.Name, or(string(s.Type), unknown), unknown, age(s.CreationTimestamp, now)}
		}),
		"serviceaccounts": printer("Name Age", func(a *corev1.ServiceAccount, now time.Time) []any {
			return []any{a.Name, age(a.CreationTimestamp, now)}
		}),
	}
}

func pod(pod *corev1.Pod, now time.Time) []any {
	columns := podstate.ColumnsOf(pod, now)
	ip := pod.Status.PodIP
	if len(pod.Status.PodIPs) > 0 {
		ip = pod.Status.PodIPs[0].IP
	}
	gates := none
	if len(pod.Spec.ReadinessGates) > 0 {
		ready := 0
		for _, gate := range pod.Spec.ReadinessGates {
			for _, condition := range pod.Status.Conditions {
				if condition.Type == gate.ConditionType && condition.Status == corev1.ConditionTrue {
					ready++
				}
			}
		}
		gates = fmt.Sprintf("%d/%d", ready, len(pod.Spec.ReadinessGates))
	}
	return []any{
		pod.Name, columns.Ready, columns.Status, columns.Restarts, columns.Age,
		or(ip, none), or(pod.Spec.NodeName, none), or(pod.Status.NominatedNodeName, none), gates,
	}
}

// anyEvent is an event of either API.
type anyEvent struct {
	corev1.Event `json:",inline"`
	Regarding    corev1.ObjectReference `json:"regarding"`
	Note         string                 `json:"note"`
	FirstOld     string                 `json:"deprecatedFirstTimestamp"`
}

func event(event *anyEvent, now time.Time) []any {
	about, text := event.InvolvedObject, event.Message
	if about.Kind == "" {
		about, text = event.Regarding, event.Note
	}
	object := strings.ToLower(about.Kind)
	if about.Name != "" {
		object += "/" + about.Name
	}
	source := event.Source.Component
	if source == "" {
		source = event.ReportingController
	}
	host := event.Source.Host
	if host == "" {
		host = event.ReportingInstance
	}
	if host != "" && host != source {
		source += ", " + host
	}
	last := event.LastTimestamp
	if event.Series != nil {
		last.Time = event.Series.LastObservedTime.Time
	} else if last.IsZero() {
		last.Time = event.EventTime.Time
	}
	first := event.FirstTimestamp
	if first.IsZero() {
		first.Time = event.EventTime.Time
	}
	return []any{
		age(last, now), event.Type, event.Reason, object, about.FieldPath, source, strings.TrimSpace(text),
		age(first, now), casefile.Times(&event.Event), event.Name,
	}
}
