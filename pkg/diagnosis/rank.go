package diagnosis

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// complete fills in what the rules may leave out, adds what none of them explains, links causes to symptoms, and ranks.
func (e *engine) complete(c examined) []Finding {
	findings := c.findings
	for i := range findings {
		findings[i].Severity = cmp.Or(findings[i].Severity, e.causes[findings[i].ID].Severity)
		if findings[i].Object == (Object{}) {
			findings[i].Object = PodObject(c.Pod)
		}
	}
	findings = append(findings, unexplained(c.Case, findings)...)
	findings = append(findings, c.broken...)
	e.link(findings)
	return e.rank(c.Case, findings)
}

// PodObject names a pod.
func PodObject(pod *corev1.Pod) Object {
	return Object{APIVersion: "v1", Kind: "Pod", Namespace: pod.Namespace, Name: pod.Name, UID: string(pod.UID)}
}

func (e *engine) link(findings []Finding) {
	about := map[string][]int{}
	for i := range findings {
		about[findings[i].Container] = append(about[findings[i].Container], i)
	}
	for i := range findings {
		causes := e.candidates(&findings[i], about, len(findings))
		for _, j := range causes {
			if i != j && e.explains(&findings[j], &findings[i]) {
				findings[i].Because = append(findings[i].Because, findings[j].Key())
			}
		}
	}
}

// candidates are the findings that can be the cause of one, in their order: those about its container and about the whole pod;
// any of them of one that is about the whole pod itself, unless nothing explains it anyway.
func (e *engine) candidates(symptom *Finding, about map[string][]int, all int) []int {
	if !e.explained[symptom.ID] {
		return nil
	}
	if symptom.Container != "" {
		return slices.Sorted(slices.Values(slices.Concat(about[""], about[symptom.Container])))
	}
	causes := make([]int, all)
	for i := range causes {
		causes[i] = i
	}
	return causes
}

// weight orders findings: by how bad the worst thing is that they lead to, how sure they are, whether something lies behind
// them, where their container stands, and how telling their cause is.
type weight struct {
	consequence Severity
	// depth is how many causes lie behind the finding: none behind a root cause.
	depth      int
	confidence Confidence
	container  int
	order      int
}

// rank sorts the findings so that the first one is the root cause: the end of the worst chain.
func (e *engine) rank(c *Case, findings []Finding) []Finding {
	weights := map[Key]weight{}
	for i := range findings {
		finding := &findings[i]
		weights[finding.Key()] = weight{
			consequence: finding.Severity, confidence: finding.Confidence, order: e.order[finding.ID],
			container: c.place(finding.Container),
		}
	}
	for range findings {
		if !follow(findings, weights) {
			break
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		x, y := weights[a.Key()], weights[b.Key()]
		return cmp.Or(
			cmp.Compare(y.consequence, x.consequence), cmp.Compare(x.depth, y.depth), cmp.Compare(y.confidence, x.confidence),
			cmp.Compare(x.container, y.container), cmp.Compare(x.order, y.order),
		)
	})
	return findings
}

// place is where a container stands among those of the pod; -1 when it is none.
func (c *Case) place(container string) int {
	if at, found := c.places[container]; found {
		return at
	}
	return -1
}

// follow walks one link of all chains: what a symptom leads to, its cause does as well, and it lies deeper than its cause.
// It reports whether that was news; a chain has fewer links than there are findings, and only a circle has no end.
func follow(findings []Finding, weights map[Key]weight) (news bool) {
	for i := range findings {
		for _, because := range findings[i].Because {
			symptom, cause := weights[findings[i].Key()], weights[because]
			if symptom.consequence > cause.consequence {
				cause.consequence, news = symptom.consequence, true
				weights[because] = cause
			}
			if symptom.depth <= cause.depth {
				symptom.depth, news = cause.depth+1, true
				weights[findings[i].Key()] = symptom
			}
		}
	}
	return news
}

// SortTargets puts the targets that need attention first; among equals the order is that of namespace and name.
func SortTargets(targets []Target) {
	order := Verdicts()
	slices.SortStableFunc(targets, func(a, b Target) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.Verdict), slices.Index(order, b.Verdict)),
			cmp.Compare(a.Pod.Namespace, b.Pod.Namespace), cmp.Compare(a.Pod.Name, b.Pod.Name),
		)
	})
}
