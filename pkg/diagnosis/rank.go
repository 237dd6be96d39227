package diagnosis

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
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
	e.link(findings)
	return e.rank(c.Case, findings)
}

// PodObject names a pod.
func PodObject(pod *corev1.Pod) Object {
	return Object{APIVersion: "v1", Kind: "Pod", Namespace: pod.Namespace, Name: pod.Name, UID: string(pod.UID)}
}

func (e *engine) link(findings []Finding) {
	for i := range findings {
		for j := range findings {
			if i != j && e.explains(&findings[j], &findings[i]) {
				findings[i].Because = append(findings[i].Because, findings[j].Key())
			}
		}
	}
}

// weight orders findings: by how bad the worst thing is that they lead to, how sure they are, whether something lies behind
// them, where their container stands, and how telling their cause is.
type weight struct {
	consequence Severity
	depth       int
	confidence  Confidence
	container   int
	order       int
}

// rank sorts the findings so that the first one is the root cause: the end of the worst chain.
func (e *engine) rank(c *Case, findings []Finding) []Finding {
	weights := map[Key]weight{}
	for i := range findings {
		finding := &findings[i]
		weights[finding.Key()] = weight{
			consequence: consequence(findings, finding.Key(), 0), depth: depth(findings, finding.Key(), 0), confidence: finding.Confidence,
			container: slices.IndexFunc(c.Containers, func(other podstate.Container) bool { return other.Name() == finding.Container }),
			order:     e.order[finding.ID],
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

// maxDepth bounds the walk along chains, should causes explain each other in a circle.
const maxDepth = 8

// consequence is the severity of the worst finding that one leads to, its own included.
func consequence(findings []Finding, key Key, walked int) Severity {
	worst := Severity(0)
	for i := range findings {
		finding := &findings[i]
		if finding.Key() == key {
			worst = max(worst, finding.Severity)
		}
		if walked < maxDepth && slices.Contains(finding.Because, key) {
			worst = max(worst, consequence(findings, finding.Key(), walked+1))
		}
	}
	return worst
}

// depth is how many causes lie behind a finding: none behind a root cause.
func depth(findings []Finding, key Key, walked int) int {
	deepest := 0
	for i := range findings {
		if findings[i].Key() != key || walked == maxDepth {
			continue
		}
		for _, cause := range findings[i].Because {
			deepest = max(deepest, 1+depth(findings, cause, walked+1))
		}
	}
	return deepest
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
