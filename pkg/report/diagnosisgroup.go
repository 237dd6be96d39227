package report

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

const (
	// manyCauses is how many root causes are shown with their proof; of more, a line each is enough to choose from.
	manyCauses = 6
	// fewNames is how many names are listed before the rest is counted.
	fewNames = 3
	// fewPods is how many pods without a cause are listed.
	fewPods = 10
)

// targets writes what was found about several pods: how many do how, then each root cause once, then who is on its way.
func (w *diagnosisWriter) targets(found *diagnosis.Diagnosis) {
	targets := found.Targets
	if len(targets) == 0 {
		return
	}
	if countVerdict(targets, diagnosis.Healthy) == len(targets) {
		text := w.text("diagnose.all-healthy", message.Args{"Count": len(targets), "Place": w.place(targets)})
		w.Line(w.symbol(diagnosis.Healthy) + " " + w.inks.label.Render(text))
		return
	}
	alone := len(found.Groups) == 1 && found.Groups[0].Of == len(targets)
	if !alone {
		args := message.Args{"Count": len(targets), "Place": w.place(targets), "Counts": w.counts(targets)}
		w.tagged("", w.text("diagnose.summary", args), "", w.inks.label)
	}
	causes, members := found.Causes(), rosterOf(targets)
	brief := len(causes) > manyCauses && !w.view.Verbose
	for i, groups := range causes {
		if i > 0 {
			w.Line("")
		}
		w.sharedCause(groups, members, brief)
	}
	w.others(targets, len(causes) > 0)
}

// sharedCause writes a root cause as each workload has it, and its proof once, as the first of them shows it. Brief, or asked
// for everything, it writes what each has in place of that.
func (w *diagnosisWriter) sharedCause(groups []diagnosis.Group, targets roster, brief bool) {
	var first *diagnosis.Target
	for i := range groups {
		example := w.group(&groups[i], targets)
		first = cmp.Or(first, example)
		switch {
		case brief:
			w.askAbout(&groups[i])
		case w.view.Verbose:
			w.body(example)
		}
	}
	if !brief && !w.view.Verbose {
		w.body(first)
	}
}

// group writes a root cause and who has it, and returns the one that shows it best.
func (w *diagnosisWriter) group(group *diagnosis.Group, targets roster) *diagnosis.Target {
	members := targets.of(group)
	example := exampleOf(members)
	w.cause(w.symbol(members[0].Verdict)+" ", example.Root())
	if len(members) == 1 && group.Of == 1 {
		w.tagged(indent, w.verdictText(example, true, true), "", lipgloss.NewStyle())
	} else {
		w.tagged(indent, oneCell(w.text("diagnose.group", w.groupArgs(group, members))), "", lipgloss.NewStyle())
	}
	return example
}

// roster finds targets by their names.
type roster struct {
	targets []diagnosis.Target
	at      map[types.NamespacedName][]int
}

func rosterOf(targets []diagnosis.Target) roster {
	r := roster{targets, map[types.NamespacedName][]int{}}
	for i := range targets {
		name := diagnosis.NameOf(targets[i].Pod)
		r.at[name] = append(r.at[name], i)
	}
	return r
}

// of returns the targets that a group names, in their order.
func (r roster) of(group *diagnosis.Group) []diagnosis.Target {
	var places []int
	for _, name := range slices.Compact(slices.Clone(group.Targets)) {
		places = append(places, r.at[types.NamespacedName{Namespace: group.Namespace, Name: name}]...)
	}
	slices.Sort(places)
	members := make([]diagnosis.Target, len(places))
	for i, at := range places {
		members[i] = r.targets[at]
	}
	return members
}

// askAbout writes the command that tells all about a group.
func (w *diagnosisWriter) askAbout(group *diagnosis.Group) {
	name := group.Workload.String()
	if group.Workload.Bare() {
		name = group.Workload.Name
	}
	w.command(indent, shellword.New("kubectl podkit diagnose -n %s %s", group.Namespace, name))
}

// exampleOf chooses the member whose own log was read, else the first.
func exampleOf(members []diagnosis.Target) *diagnosis.Target {
	at := slices.IndexFunc(members, func(t diagnosis.Target) bool {
		return slices.ContainsFunc(t.Root().Evidence, func(e diagnosis.Evidence) bool {
			return e.Source == diagnosis.LogEnd && e.Object.Name == t.Pod.Name
		})
	})
	return &members[max(at, 0)]
}

// groupArgs tells how many of how many, since when, and their names.
func (w *diagnosisWriter) groupArgs(group *diagnosis.Group, members []diagnosis.Target) message.Args {
	since := members[0].Since
	for i := range members {
		if at := members[i].Since; !at.IsZero() && (since.IsZero() || at.Before(since)) {
			since = at
		}
	}
	args := message.Args{
		"Number": len(members), "Of": group.Of, "Workload": group.Workload.String() + w.namespace(group.Namespace),
		"State": w.text(verdictWords[members[0].Verdict]+"-word", nil), "Since": "",
		"Names": w.names(group.Targets), "Others": w.names(group.Others),
	}
	if !since.IsZero() {
		args["Since"] = duration.HumanDuration(w.now.Sub(since))
	}
	return args
}

// names lists a few names and counts the rest.
func (w *diagnosisWriter) names(names []string) string {
	comma := w.text("diagnose.comma", nil)
	if len(names) <= fewNames+1 {
		return strings.Join(names, comma)
	}
	return w.text("diagnose.and-more", message.Args{"Names": strings.Join(names[:fewNames], comma), "More": len(names) - fewNames})
}

// others writes the pods that are not well and have no root cause: those on their way, and those that nobody can judge.
func (w *diagnosisWriter) others(targets []diagnosis.Target, after bool) {
	others := slices.DeleteFunc(slices.Clone(targets), func(t diagnosis.Target) bool {
		return t.Verdict == diagnosis.Healthy || t.Root() != nil
	})
	if len(others) > 0 && after {
		w.Line("")
	}
	for i := range others[:min(len(others), fewPods)] {
		w.verdict(&others[i])
	}
	if len(others) > fewPods {
		w.Line(indent + w.text("diagnose.more-pods", message.Args{"Count": len(others) - fewPods}))
	}
}
