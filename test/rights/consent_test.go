package rights

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// TestNothingRunsWithoutConsent runs every built-in workflow as a script does, which nobody can be asked in: no server may be
// asked to run anything in a container.
func TestNothingRunsWithoutConsent(t *testing.T) {
	s := serve(t, made())
	s.kubeconfig(t, namespace)
	lines := []string{"debug --pod-running-timeout=0 --yes", "debug --pod-running-timeout=0"}
	for _, pod := range pods {
		lines = append(lines, "debug --pod-running-timeout=0 --yes "+pod)
	}
	for _, name := range workflow.Names() {
		lines = append(lines, "debug --pod-running-timeout=0 --yes pod-of-job-a --workflow "+name, "workflow run "+name+" --yes --pod-running-timeout=0 pod-of-job-a")
	}
	ran := func() (found []string) {
		for asked := range s.asked {
			if asked.Resource == "pods/exec" || asked.Resource == "pods/attach" || asked.Resource == "pods/ephemeralcontainers" {
				found = append(found, asked.Verb+" "+asked.Resource)
			}
		}
		return found
	}
	for _, line := range lines {
		s.run(t, arguments(line)...)
		if found := ran(); len(found) > 0 {
			t.Fatalf("%s asks to %v", line, found)
		}
	}
	s.run(t, arguments("debug --pod-running-timeout=0 --yes --allow active pod-of-job-a --workflow explore")...)
	if len(ran()) == 0 {
		t.Error("with consent nothing runs either: the test looks at the wrong place")
	}
}
