package crash

import (
	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// checkRestarts tells of containers that run again, but were restarted lately or often.
func checkRestarts(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, d := range deaths(c) {
		how := d.manner(c)
		if d.fate != back || how.kind == asked {
			continue
		}
		finding := d.finding(c, "restarts-high", diagnosis.Certain)
		if how.kind == foreign && isLost(d.died.Reason) {
			finding.Form = "lost"
		}
		finding.Args["Pod"], finding.Args["Ago"] = c.Pod.Name, duration.HumanDuration(c.Since(d.died.FinishedAt))
		if how.kind == exit {
			finding.Evidence = append(finding.Evidence, d.meaning())
			finding.Evidence = append(finding.Evidence, d.lastWords(c)...)
		}
		finding.Remedies = []diagnosis.Remedy{
			c.SeeLog(d.Name()),
			c.Look("remedy.crash-see-pod-events", finding.Args, "events --for pod/%s", c.Pod.Name),
		}
		findings = append(findings, finding)
	}
	return findings
}

// isLost reports whether a death was never seen: containerd found no task for the container when it came up (internal/cri/
// server/restart.go), or the kubelet no container (pkg/kubelet/kubelet_pods.go, convertToAPIContainerStatuses).
func isLost(reason string) bool { return reason == "Unknown" || reason == "ContainerStatusUnknown" }
