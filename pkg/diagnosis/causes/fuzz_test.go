package causes_test

import (
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

func allScenarios(tb testing.TB) []*scenario.Scenario {
	tb.Helper()
	folders, err := filepath.Glob("../*/testdata")
	if err != nil {
		tb.Fatal(err)
	}
	var all []*scenario.Scenario
	for _, folder := range folders {
		some, err := scenario.Load(folder)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

// FuzzFindings goes from a file of objects that no API server has checked to what is found and shown: every scenario with parts
// of its objects left out or exchanged. Nothing panics, every finding is whole, and the same objects lead to the same answer.
func FuzzFindings(f *testing.F) {
	all := allScenarios(f)
	for i := range all {
		for seed := range uint64(3) {
			f.Add(uint16(i), seed)
		}
	}
	rules := causes.All()
	words, err := message.NewCatalog(message.English)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, which uint16, seed uint64) {
		s := all[int(which)%len(all)].Mutant(seed)
		found := s.Diagnose(t, rules)
		for _, target := range found.Targets {
			if target.Broken {
				t.Errorf("%s: a rule failed: %+v", s.File, target.Findings)
			}
			for _, finding := range target.Findings {
				scenario.CheckFinding(t, rules, finding)
			}
		}
		if first, second := scenario.Print(t, found), scenario.Print(t, s.Diagnose(t, rules)); first != second {
			t.Errorf("%s: the same objects lead to two answers\n--- first\n%s--- second\n%s", s.File, first, second)
		}
		show(s, found, words)
	})
}

// show writes all that get, diagnose and describe show of a diagnosis.
func show(s *scenario.Scenario, found *diagnosis.Diagnosis, words *message.Catalog) {
	page := report.NewPage(io.Discard, words, report.Terminal{Width: 80})
	page.Diagnosis(found, report.DiagnosisView{Kubectl: "kubectl", Verbose: true})
	for i := range found.Targets {
		target := &found.Targets[i]
		page.Target(target, s.Now(), report.DiagnosisView{Kubectl: "kubectl"})
		page.Summary(found.File, target.Pod)
		page.Timeline(found.File, target.Pod)
		_ = report.Digest(found.File, target.Pod, words)
	}
	_ = fmt.Sprint(report.PodTable(diagnosis.Glance(s.Pods(), s.Now(), causes.All()), s.Now(), words).Rows)
}
