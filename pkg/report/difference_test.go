package report_test

import (
	"bytes"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// changed has every part that a difference can have.
func changed() *difference.Difference {
	value := func(text string) *string { return &text }
	web := difference.Subject{Namespace: "shop", Kind: "Deployment", Name: "web"}
	return &difference.Difference{
		Before:   difference.Moment{Name: "before.podkit", TakenAt: metav1.NewTime(now.Add(-12 * time.Minute))},
		After:    difference.Moment{Name: "after\x1b[2J.podkit", TakenAt: metav1.NewTime(now)},
		Verdicts: []difference.Verdict{{Subject: web, Before: "Failing", After: "Healthy", PodsBefore: 1, PodsAfter: 3}, {Subject: difference.Subject{Namespace: "shop", Kind: "Pod", Name: "cart"}, After: "Degraded", PodsAfter: 1}},
		Findings: []difference.Finding{
			{Subject: web, Change: difference.Went, ID: "oom-killed", Summary: "Container app\nreached \x1b]0;x\x07 its limit"},
			{Subject: web, Change: difference.Came, ID: "app-exit", Summary: "Container app exits with 1"},
		},
		Objects: []difference.Object{
			{Change: difference.Came, Kind: "ConfigMap", Namespace: "shop", Name: "settings"},
			{Change: difference.Went, Kind: "Node", Name: "node2"},
			{Change: difference.Replaced, Kind: "Pod", Namespace: "shop", Name: "cart"},
			{Change: difference.Changed, Kind: "Deployment", Namespace: "shop", Name: "web", Fields: []difference.Field{
				{Path: "spec.replicas", Before: value("1"), After: value("3")}, {Path: "spec.paused", After: value("\u202etrue")},
			}},
		},
		Images:      []difference.Image{{Subject: web, Container: "app", Before: []string{"sha256:aaa"}, After: []string{"sha256:bbb"}}},
		Restarts:    []difference.Restart{{Namespace: "shop", Pod: "cart", Container: "app", Before: 1, After: 4}},
		NotCompared: []difference.Uncovered{{Kind: "Service", Namespace: "shop", Count: 2, In: "before"}, {Kind: "Node", Count: 1, In: "after"}},
	}
}

func TestDifference(t *testing.T) {
	unchanged := &difference.Difference{Before: changed().After, After: changed().Before}
	for name, d := range map[string]*difference.Difference{"changed": changed(), "unchanged": unchanged} {
		for _, language := range message.Languages() {
			var out bytes.Buffer
			page := report.NewPage(&out, catalog(t, language), report.Terminal{})
			page.Difference(d)
			if err := page.Err(); err != nil {
				t.Fatal(err)
			}
			golden.Equal(t, "difference/"+name+"-"+string(language)+".txt", out.String())
		}
	}
}
