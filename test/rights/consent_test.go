package rights

import (
	"path/filepath"
	"slices"
	"strings"
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

// TestAppsAreSentAGetAtMost: without consent a guided run looks at an app through a proxy of the API, and does no more with
// it; diagnose and capture do not even look.
func TestAppsAreSentAGetAtMost(t *testing.T) {
	s := serve(t, made())
	s.kubeconfig(t, namespace)
	sent := func() (verbs []string) {
		for asked := range s.asked {
			if strings.HasSuffix(asked.Resource, "/proxy") || asked.Resource == "pods/portforward" {
				verbs = append(verbs, asked.Verb+" "+asked.Resource)
			}
		}
		slices.Sort(verbs)
		return slices.Compact(verbs)
	}
	s.run(t, arguments("diagnose")...)
	s.run(t, "capture", "-o", filepath.Join(t.TempDir(), "x.podkit"))
	if found := sent(); len(found) > 0 {
		t.Errorf("diagnose and capture ask for %v", found)
	}
	for _, name := range workflow.Names() {
		s.run(t, arguments("debug --pod-running-timeout=0 --yes pod-of-job-a --workflow "+name)...)
	}
	found := sent()
	if len(found) == 0 {
		t.Error("no app is asked: the test looks at the wrong place")
	}
	for _, right := range found {
		if right != "get pods/proxy" && right != "get services/proxy" {
			t.Errorf("nobody has agreed to %s", right)
		}
	}
}
