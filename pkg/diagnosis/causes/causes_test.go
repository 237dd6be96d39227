package causes_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var update = flag.Bool("update", false, "write what comes out into the scenarios")

// TestScenarios are the cases that belong to no family: what comes out when no rule has a word for it.
func TestScenarios(t *testing.T) { scenario.Run(t, causes.All(), *update) }

// wrongAnswers are those that other tools give, by the number under which the scenarios name them: a refusal told as absence
// (1), every 137 as OOM (2), runAsNonRoot as a missing Secret (3), an application's words as a command that never ran (4), an
// eviction for storage as memory (5), an old event against a container that is ready (6), events of a namesake (7), one cause
// of several (8), silence about init containers and pending pods (9), a True condition as healthy (10), the kubelet's error as
// a log (11), a completed or newborn pod as broken (12).
const wrongAnswers = 12

func TestEveryWrongAnswerHasAScenario(t *testing.T) {
	files, err := filepath.Glob("../*/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	number := regexp.MustCompile(`wrong answer (\d+)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(strings.ToLower(string(text)), "\n-- ")
		for _, found := range number.FindAllStringSubmatch(strings.Join(strings.Fields(head), " "), -1) {
			named[found[1]] = true
		}
	}
	for i := 1; i <= wrongAnswers; i++ {
		if !named[strconv.Itoa(i)] {
			t.Errorf("no scenario says that it guards against wrong answer %d", i)
		}
	}
}

// parts are what the catalogue says of every cause: its name, what it means, how podkit decides, how to confirm it by hand,
// and how to repair it.
var parts = []string{"title", "meaning", "decided", "confirm", "fix"}

func TestEveryCauseIsWhole(t *testing.T) {
	found, refused := shown(t)
	seen := map[string]bool{}
	for _, cause := range diagnosis.Causes(causes.All()) {
		if seen[cause.ID] {
			t.Errorf("%s is a cause twice", cause.ID)
		}
		seen[cause.ID] = true
		if cause.Severity == 0 {
			t.Errorf("%s has no severity", cause.ID)
		}
		for _, part := range parts {
			checkText(t, "finding."+cause.ID+"."+part)
		}
		if !found[cause.ID] {
			t.Errorf("%s comes out of no scenario", cause.ID)
		}
		if !refused[cause.ID] {
			t.Errorf(`no scenario that looks like %s says that it must not come out ("Not: %s")`, cause.ID, cause.ID)
		}
	}
	for _, cause := range diagnosis.Causes(causes.All()) {
		for _, symptom := range cause.Explains {
			if !seen[symptom] {
				t.Errorf("%s explains %s, which is no cause", cause.ID, symptom)
			}
		}
	}
}

func checkText(t *testing.T, id string) {
	t.Helper()
	for _, language := range []message.Language{message.English, message.Chinese} {
		catalog, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		if catalog.Text(id) == "["+id+"]" {
			t.Errorf("message %s is missing in %s", id, language)
		}
	}
}

// shown returns the ids that come out of the scenarios of all families, and those that must not.
func shown(t *testing.T) (found, refused map[string]bool) {
	t.Helper()
	found, refused = map[string]bool{}, map[string]bool{}
	folders, err := filepath.Glob("../*/testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		all, err := scenario.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			note(t, s, found, refused)
		}
	}
	return found, refused
}

// note runs all rules over a scenario, and notes what comes out; what its own family must not say, no other one may.
func note(t *testing.T, s *scenario.Scenario, found, refused map[string]bool) {
	t.Helper()
	for _, target := range s.Diagnose(t, causes.All()).Targets {
		for _, finding := range target.Findings {
			found[finding.ID] = true
			if slices.Contains(s.Not, finding.ID) {
				t.Errorf("%s: %s comes out, which must not", strings.TrimPrefix(s.File, "../"), finding.ID)
			}
		}
	}
	for _, id := range s.Not {
		refused[id] = true
	}
}
