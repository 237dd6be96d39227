package difference

import (
	"cmp"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Snapshot is a cluster at one moment.
type Snapshot struct {
	Name    string
	TakenAt time.Time
	Objects []unstructured.Unstructured
	// Covers reports whether all objects of a kind in a namespace are in Objects, so that one that is not there was not
	// there. The namespace is empty for what has none.
	Covers func(kind metav1.TypeMeta, namespace string) bool
	// Found is what the diagnosis of its pods found.
	Found *diagnosis.Diagnosis
}

// Compare says what changed. The summaries of findings are in the language of messages.
func Compare(before, after Snapshot, messages *message.Catalog) *Difference {
	d := &Difference{
		TypeMeta: metav1.TypeMeta{APIVersion: APIVersion, Kind: Kind},
		Before:   Moment{before.Name, metav1.NewTime(before.TakenAt.UTC())}, After: Moment{after.Name, metav1.NewTime(after.TakenAt.UTC())},
		Verdicts: []Verdict{}, Findings: []Finding{}, Objects: []Object{}, Images: []Image{}, Restarts: []Restart{}, NotCompared: []Uncovered{},
	}
	d.compareObjects(before, after)
	d.compareVerdicts(before.Found, after.Found)
	d.compareFindings(before.Found, after.Found, messages)
	d.compareImages(before.Found, after.Found)
	d.compareRestarts(before.Found, after.Found)
	return d
}

// subjectOf is the workload of a target.
func subjectOf(target *diagnosis.Target) Subject {
	return Subject{target.Pod.Namespace, target.Workload.Kind, target.Workload.Name}
}

func compareSubjects(a, b Subject) int {
	return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
}

// tally is how many pods a workload has, and how the worst of them does.
type tally struct {
	worst diagnosis.Verdict
	pods  int
}

func tallies(found *diagnosis.Diagnosis) map[Subject]tally {
	all := map[Subject]tally{}
	for i := range found.Targets {
		subject := subjectOf(&found.Targets[i])
		t, known := all[subject]
		t.pods++
		if verdict := found.Targets[i].Verdict; !known || rank(verdict) < rank(t.worst) {
			t.worst = verdict
		}
		all[subject] = t
	}
	return all
}

// rank is the place of a verdict among all, the worst first.
func rank(verdict diagnosis.Verdict) int { return slices.Index(diagnosis.Verdicts(), verdict) }

func (d *Difference) compareVerdicts(before, after *diagnosis.Diagnosis) {
	was, is := tallies(before), tallies(after)
	for _, subject := range union(was, is, compareSubjects) {
		if a, b := was[subject], is[subject]; a.worst != b.worst {
			d.Verdicts = append(d.Verdicts, Verdict{subject, string(a.worst), string(b.worst), a.pods, b.pods})
		}
	}
}

// union is the keys of two maps, sorted.
func union[K comparable, V any](a, b map[K]V, compare func(a, b K) int) []K {
	var keys []K
	for key := range a {
		keys = append(keys, key)
	}
	for key := range b {
		if _, both := a[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, compare)
	return keys
}

// trouble identifies a finding over the pods of a workload, whose names do not last.
type trouble struct {
	Subject
	id, container, object string
}

func compareTroubles(a, b trouble) int {
	return cmp.Or(compareSubjects(a.Subject, b.Subject), cmp.Compare(a.id, b.id), cmp.Compare(a.container, b.container), cmp.Compare(a.object, b.object))
}

func troubles(found *diagnosis.Diagnosis, messages *message.Catalog) map[trouble]Finding {
	all := map[trouble]Finding{}
	for i := range found.Targets {
		target := &found.Targets[i]
		for j := range target.Findings {
			finding := &target.Findings[j]
			key := trouble{subjectOf(target), finding.ID, finding.Container, finding.Key().Object}
			told, known := all[key]
			if !known {
				told = Finding{
					Subject: key.Subject, ID: finding.ID, Severity: finding.Severity.String(), Container: finding.Container,
					Summary: messages.Text(finding.Summary(), finding.Args),
				}
			}
			told.Root = told.Root || target.Root() == finding
			all[key] = told
		}
	}
	return all
}

func (d *Difference) compareFindings(before, after *diagnosis.Diagnosis, messages *message.Catalog) {
	was, is := troubles(before, messages), troubles(after, messages)
	for _, key := range union(was, is, compareTroubles) {
		old, had := was[key]
		now, has := is[key]
		switch {
		case !had:
			now.Change = Came
			d.Findings = append(d.Findings, now)
		case !has:
			old.Change = Went
			d.Findings = append(d.Findings, old)
		}
	}
}
