package debug

import (
	"time"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// listing puts pods and their owners into the rows of a picker. The targets are in the order in which they are shown; an
// owner stands where the worst of its pods does.
func listing(targets []diagnosis.Target, namespace string, now time.Time, messages *message.Catalog) prompt.Listing {
	var shown prompt.Listing
	var owners []*owner
	known := map[owning]*owner{}
	bad := 0
	for i := range targets {
		t := &targets[i]
		row := podRow(t, namespace, now, messages)
		if row.Tone != prompt.Good {
			bad++
		}
		shown.Pods = append(shown.Pods, row)
		key := owning{t.Pod.Namespace, t.Workload}
		if known[key] == nil { // The first pod of an owner is its worst.
			known[key] = &owner{owning: key, worst: row}
			owners = append(owners, known[key])
		}
		known[key].count(row)
	}
	for _, o := range owners {
		shown.Owners = append(shown.Owners, o.row(namespace, messages))
	}
	id := "prompt.pick.whole"
	switch {
	case len(targets) == 0:
		id = "prompt.pick.whole-empty"
	case namespace == "":
		id = "prompt.pick.whole-all"
	}
	shown.Whole = prompt.Row{
		ID: namespace + "/", Name: messages.Text(id, message.Args{"Namespace": namespace, "Pods": len(targets), "Bad": bad}), Tone: worstTone(bad),
	}
	return shown
}

func worstTone(bad int) prompt.Tone {
	if bad > 0 {
		return prompt.Bad
	}
	return prompt.Good
}

// podRow is a pod as get shows it: its state, and why it is not well.
func podRow(t *diagnosis.Target, namespace string, now time.Time, messages *message.Catalog) prompt.Row {
	return prompt.Row{
		ID: t.Pod.Namespace + "/" + t.Pod.Name, Name: within(namespace, t.Pod.Namespace, t.Pod.Name),
		Status: podstate.ColumnsOf(t.Pod, now).Status, Why: report.WhyText(t, messages), Tone: toneOf(t.Verdict),
	}
}

// within names something in a list of one namespace, or of all.
func within(shown, namespace, name string) string {
	if shown == "" {
		return namespace + "/" + name
	}
	return name
}

func toneOf(verdict diagnosis.Verdict) prompt.Tone {
	switch verdict {
	case diagnosis.Failing, diagnosis.Undecided:
		return prompt.Bad
	case diagnosis.Degraded:
		return prompt.Warn
	}
	return prompt.Good
}

// owning tells owners apart.
type owning struct {
	namespace string
	workload  diagnosis.Workload
}

// owner is a workload and what is known of its pods.
type owner struct {
	owning
	worst     prompt.Row
	pods, bad int
}

func (o *owner) count(pod prompt.Row) {
	o.pods++
	if pod.Tone != prompt.Good {
		o.bad++
	}
}

// row shows an owner by the worst of its pods; a pod without an owner stands for itself.
func (o *owner) row(namespace string, messages *message.Catalog) prompt.Row {
	row := o.worst
	if !o.workload.Bare() {
		name := o.workload.String()
		row.ID, row.Name = o.namespace+"/"+name, within(namespace, o.namespace, name)
	}
	row.Status = messages.Text("prompt.pick.owner-pods", message.Args{"Pods": o.pods, "Bad": o.bad})
	return row
}
