package crash

import (
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// oomNear is how far a node's SystemOOM event may lie from the death that belongs to it: the kubelet reads the kernel's log.
const oomNear = 15 * time.Second

func checkMemory(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, d := range deaths(c) {
		if d.manner(c).kind == memory {
			findings = append(findings, d.outOfMemory(c))
		}
	}
	return findings
}

// outOfMemory tells the container's limit from the node's memory. The status says the same of both; a SystemOOM event of
// the node is written only when no limit of a cgroup was the reason (pkg/kubelet/oom/oom_watcher_linux.go).
func (d death) outOfMemory(c *diagnosis.Case) diagnosis.Finding {
	limit, field := d.memoryLimit(c.Pod)
	events := c.NodeEvents()
	if event := d.systemOOM(events.Value); event != nil {
		finding := d.nodeOOM(c, limit, diagnosis.Likely)
		if limit == "" {
			finding.Confidence = diagnosis.Certain
		}
		finding.Evidence = append(finding.Evidence, diagnosis.EventOf(event))
		return finding
	}
	if limit == "" {
		finding := d.nodeOOM(c, limit, diagnosis.Likely)
		finding.Form = "unlimited"
		return finding
	}
	confidence := diagnosis.Likely
	if events.State == casefile.Known && c.Since(d.died.FinishedAt) < eventsLast {
		confidence = diagnosis.Certain
	}
	finding := d.finding(c, "oom-killed", confidence)
	finding.Args["Limit"] = limit
	finding.Form = d.limitForm(field)
	evidence := diagnosis.SpecOf(d.Container, field, limit)
	if field == podLimit {
		evidence = diagnosis.Evidence{Source: diagnosis.Spec, Field: field, Value: limit}
	}
	finding.Evidence = append(finding.Evidence, evidence)
	finding.Remedies = []diagnosis.Remedy{
		diagnosis.Advice("remedy.crash-fit-memory", message.Args{"Limit": limit}),
		c.Look("remedy.crash-see-memory", message.Args{"Pod": c.Pod.Name}, "top pod %s --containers", c.Pod.Name),
		d.raiseLimit(c, limit),
	}
	return finding
}

const (
	containerLimit = "resources.limits.memory"
	podLimit       = "spec.resources.limits.memory"
)

// memoryLimit returns the limit that bounds the container, and where it stands: its own, or the whole pod's.
func (d death) memoryLimit(pod *corev1.Pod) (limit, field string) {
	if own, ok := d.Spec.Resources.Limits[corev1.ResourceMemory]; ok && !own.IsZero() {
		return own.String(), containerLimit
	}
	if pod.Spec.Resources == nil {
		return "", ""
	}
	if whole, ok := pod.Spec.Resources.Limits[corev1.ResourceMemory]; ok && !whole.IsZero() {
		return whole.String(), podLimit
	}
	return "", ""
}

// limitForm chooses the wording. An exit code other than SIGKILL's means that the killer took another process of the
// container, and that the main one ended by itself.
func (d death) limitForm(field string) string {
	number, _ := podstate.Signal(d.died)
	const kill = 9
	switch {
	case field == podLimit:
		return "pod"
	case number != kill:
		return "child"
	}
	return ""
}

func (d death) systemOOM(events []corev1.Event) *corev1.Event {
	for i := range events {
		event := &events[i]
		before := casefile.FirstSeen(event).Add(-oomNear)
		after := casefile.LastSeen(event).Add(oomNear)
		at := d.died.FinishedAt.Time
		if event.Reason == "SystemOOM" && !at.Before(before) && !at.After(after) && strings.Contains(event.Message, "System OOM") {
			return event
		}
	}
	return nil
}

func (d death) nodeOOM(c *diagnosis.Case, limit string, confidence diagnosis.Confidence) diagnosis.Finding {
	finding := d.finding(c, "oom-node", confidence)
	node := c.Pod.Spec.NodeName
	finding.Args["Node"], finding.Args["Limit"] = node, limit
	if limit == "" {
		finding.Evidence = append(finding.Evidence, diagnosis.Evidence{
			Source: diagnosis.Spec, Container: d.Name(), Says: "evidence.crash-no-memory-limit", Args: message.Args{"Container": d.Name()},
		})
	}
	request := ""
	if asked, ok := d.Spec.Resources.Requests[corev1.ResourceMemory]; ok {
		request = asked.String()
	}
	args := message.Args{"Node": node, "Container": d.Name(), "Request": request}
	finding.Remedies = []diagnosis.Remedy{
		{ID: "remedy.crash-see-node-memory", Args: args, Command: shellword.New("kubectl describe node %s", node), Effect: diagnosis.ReadOnly},
		{ID: "remedy.crash-see-node-pods", Args: args, Command: shellword.New("kubectl top pod -A --sort-by=memory"), Effect: diagnosis.ReadOnly},
		d.setResources(c, "remedy.crash-bound-memory", args, "--requests=memory=%s --limits=memory=%s", anyValue, anyValue),
	}
	return finding
}

// anyValue is the reader's to fill in.
var anyValue = shellword.Placeholder("value")

func (d death) raiseLimit(c *diagnosis.Case, limit string) diagnosis.Remedy {
	return d.setResources(c, "remedy.crash-raise-memory", message.Args{"Container": d.Name(), "Limit": limit}, "--limits=memory=%s", anyValue)
}

// setResources changes what the container may use. Only the pod templates of these workloads can be changed in place.
func (d death) setResources(c *diagnosis.Case, id string, args message.Args, flags shellword.Own, values ...any) diagnosis.Remedy {
	workload := c.Workload()
	switch workload.Kind {
	case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet":
		if d.Role == podstate.Main {
			set := c.Change(id, args, "set resources %s -c %s", workload.String(), d.Name())
			set.Command = set.Command.With(flags, values...)
			return set
		}
	}
	edit := c.EditWorkload()
	edit.ID, edit.Args = id, args
	return edit
}
