package diagnosis_test

import (
	"errors"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// TestOnePodBreaksNoOther: a rule that panics at one Pod finds nothing there, which is said; all other rules and Pods are judged
// as without it.
func TestOnePodBreaksNoOther(t *testing.T) {
	pods := []corev1.Pod{crashing("web-0", 1), crashing("web-1", 1), crashing("web-2", 1)}
	breaks := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		if c.Pod.Name == "web-1" {
			var container *corev1.Container
			_ = container.Name
		}
		return nil
	})
	breaks.Name = "fragile"
	finds := toy(func(c *diagnosis.Case) []diagnosis.Finding {
		return []diagnosis.Finding{{ID: "root", Severity: diagnosis.Error, Confidence: diagnosis.Certain, Args: message.Args{"Pod": c.Pod.Name}}}
	})
	found := diagnose(t, &library{}, pods, breaks, finds)
	if len(found.Targets) != 3 {
		t.Fatalf("%d of 3 Pods are judged", len(found.Targets))
	}
	for _, target := range found.Targets {
		broken := target.Pod.Name == "web-1"
		if target.Findings[0].ID != "root" || target.Broken != broken {
			t.Errorf("%s is broken %v, and first of all %s", target.Pod.Name, target.Broken, target.Findings[0].ID)
		}
		said := slices.ContainsFunc(target.Findings, func(f diagnosis.Finding) bool { return f.ID == diagnosis.Unexplained && f.Args["Rule"] == "fragile" })
		if said != broken {
			t.Errorf("%s says of the rule that failed: %+v", target.Pod.Name, target.Findings)
		}
	}
	var told *message.Error
	if err := diagnosis.Broken(found.Targets); !errors.As(err, &told) || told.Args["Pods"] != "web-1" {
		t.Errorf("the error is %v", err)
	}
	if err := diagnosis.Broken(diagnosis.Glance(pods, now, nil)); err != nil {
		t.Errorf("nothing failed, and the error is %v", err)
	}
}
