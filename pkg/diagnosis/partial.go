package diagnosis

import (
	"cmp"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// doubt takes the certainty from findings that go by a log which could be read in part only: a later line may tell another
// story.
func (c *Case) doubt(findings []Finding) []Finding {
	for i := range findings {
		for _, evidence := range findings[i].Evidence {
			if evidence.Source != LogEnd {
				continue
			}
			name := cmp.Or(evidence.Object.Name, c.Pod.Name)
			log := c.file.Log(casefile.LogOf(c.Pod.Namespace, name, evidence.Container, evidence.Previous))
			if log.State == casefile.Known && log.Value.Broken != "" {
				findings[i].Confidence = min(findings[i].Confidence, Likely)
			}
		}
	}
	return findings
}
