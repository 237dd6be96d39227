package scenario

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// Scenario is one written case.
type Scenario struct {
	File string
	// Not are the ids that must not come out.
	Not []string
	// Want is what must come out, in the words of Print.
	Want string

	archive *txtar.Archive
	library *library
	now     time.Time
}

// Load reads the scenarios of a folder, sorted by name.
func Load(folder string) ([]*Scenario, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if err != nil {
		return nil, err
	}
	var all []*Scenario
	for _, file := range files {
		s, err := read(file)
		if err != nil {
			return nil, fmt.Errorf("reading scenario %q: %w", file, err)
		}
		all = append(all, s)
	}
	return all, nil
}

func read(file string) (*Scenario, error) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		return nil, err
	}
	s := &Scenario{File: file, archive: archive, library: &library{refused: map[string]casefile.State{}}}
	for line := range strings.Lines(string(archive.Comment)) {
		if ids, found := strings.CutPrefix(strings.TrimSpace(line), "Not: "); found {
			s.Not = append(s.Not, strings.Split(ids, ", ")...)
		}
	}
	for _, part := range archive.Files {
		if err := s.take(part.Name, string(part.Data)); err != nil {
			return nil, fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	if s.now.IsZero() || len(s.library.pods) == 0 {
		return nil, fmt.Errorf("it has no time or no pod")
	}
	return s, nil
}

func (s *Scenario) take(name, data string) (err error) {
	switch words := strings.Fields(name); words[0] {
	case "objects.yaml":
		return s.library.add(data)
	case "now":
		s.now, err = time.Parse(time.RFC3339, strings.TrimSpace(data))
	case "refused":
		return s.library.refuse(data)
	case "log":
		return s.library.addLog(words[1:], data)
	case "want":
		s.Want = data
	default:
		return fmt.Errorf("no such part")
	}
	return err
}

// Diagnose runs the rules over the scenario.
func (s *Scenario) Diagnose(t *testing.T, rules []diagnosis.Rule) *diagnosis.Diagnosis {
	t.Helper()
	return diagnosis.Diagnose(t.Context(), s.library, casefile.New(s.library.pods, s.now), rules)
}

// Run runs the rules over every scenario of the folder testdata, and compares what comes out with what must. With update
// it writes what came out into the files.
func Run(t *testing.T, rules []diagnosis.Rule, update bool) {
	t.Helper()
	all, err := Load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("there are no scenarios in testdata")
	}
	for _, s := range all {
		t.Run(strings.TrimSuffix(filepath.Base(s.File), ".txtar"), func(t *testing.T) { s.check(t, rules, update) })
	}
}

func (s *Scenario) check(t *testing.T, rules []diagnosis.Rule, update bool) {
	found := s.Diagnose(t, rules)
	for _, target := range found.Targets {
		for _, finding := range target.Findings {
			if slices.Contains(s.Not, finding.ID) {
				t.Errorf("%s came out, which must not", finding.ID)
			}
			CheckFinding(t, rules, finding)
			checkPlaceholders(t, finding)
		}
	}
	got := Print(t, found)
	if update {
		s.write(t, got)
		return
	}
	if got != s.Want {
		t.Errorf("%s: what came out is not what must; after a look: go test . -update\n--- got\n%s--- want\n%s", s.File, got, s.Want)
	}
}

func (s *Scenario) write(t *testing.T, got string) {
	t.Helper()
	files := s.archive.Files
	if len(files) > 0 && files[len(files)-1].Name == "want" {
		files = files[:len(files)-1]
	}
	s.archive.Files = append(files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(s.File, txtar.Format(s.archive), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Library answers what is asked about the scenario's cluster.
func (s *Scenario) Library() casefile.Library { return s.library }

// Pods are the scenario's targets.
func (s *Scenario) Pods() []corev1.Pod { return s.library.pods }

// Now is when the scenario is looked at.
func (s *Scenario) Now() time.Time { return s.now }
