package release

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

const root = "../.."

// workflow is a GitHub workflow, as far as the tests look. `on` is a boolean in YAML 1.1, and read as such.
type workflow struct {
	Name        string
	Permissions any
	Jobs        map[string]struct {
		RunsOn  string `json:"runs-on"`
		Timeout int    `json:"timeout-minutes"`

		Permissions map[string]string
		Steps       []struct {
			Uses, Run string
			With      map[string]any
			Env       map[string]string
		}
	}
}

// workflows returns the workflows by file name, and their texts.
func workflows(t *testing.T) (map[string]workflow, map[string]string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, ".github/workflows/*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	parsed, texts := map[string]workflow{}, map[string]string{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var found workflow
		if err := yaml.Unmarshal(data, &found); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		parsed[filepath.Base(path)], texts[filepath.Base(path)] = found, string(data)
	}
	return parsed, texts
}

// pinned is an action at a commit, with what that is beside it: a tag can be moved to other code, a commit cannot.
var pinned = regexp.MustCompile(`^\s*- uses: [\w-]+/[\w-]+@[0-9a-f]{40} # \S`)

func TestActionsArePinned(t *testing.T) {
	_, texts := workflows(t)
	shas := map[string]string{}
	for name, text := range texts {
		for line := range strings.Lines(text) {
			if !strings.Contains(line, "uses:") {
				continue
			}
			if !pinned.MatchString(line) {
				t.Errorf("%s: not pinned by commit, with its version beside it: %s", name, strings.TrimSpace(line))
				continue
			}
			action, sha, _ := strings.Cut(strings.Fields(line)[2], "@")
			if shas[action] != "" && shas[action] != sha {
				t.Errorf("%s is pinned to two commits", action)
			}
			shas[action] = sha
		}
	}
}

// mayWrite are the jobs that change something outside of the runner, and what they change.
var mayWrite = map[string]map[string]string{
	"release.yaml release": {"contents": "write", "id-token": "write"},
	"release.yaml index":   {"contents": "write", "pull-requests": "write"},
}

func TestPermissionsAreTheLeast(t *testing.T) {
	parsed, _ := workflows(t)
	seen := 0
	for file, flow := range parsed {
		switch permissions := flow.Permissions.(type) {
		case map[string]any:
			for scope, level := range permissions {
				if scope != "contents" || level != "read" {
					t.Errorf("%s: all of its jobs have %s: %v", file, scope, level)
				}
			}
		default:
			t.Errorf("%s leaves the permissions to the repository's settings", file)
		}
		for name, job := range flow.Jobs {
			allowed := mayWrite[file+" "+name]
			for scope, level := range job.Permissions {
				if level != "read" && allowed[scope] != level {
					t.Errorf("%s, job %s has %s: %s", file, name, scope, level)
				}
			}
			if allowed != nil {
				seen++
			}
		}
	}
	if seen != len(mayWrite) {
		t.Errorf("of the jobs %v only %d are there", mayWrite, seen)
	}
}

func TestJobs(t *testing.T) {
	parsed, _ := workflows(t)
	makes := regexp.MustCompile(`\bmake ([a-z][a-z0-9 -]*)`)
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for file, flow := range parsed {
		if flow.Name == "" || len(flow.Jobs) == 0 {
			t.Errorf("%s is no workflow", file)
		}
		for name, job := range flow.Jobs {
			if job.RunsOn == "" || job.Timeout == 0 || len(job.Steps) == 0 {
				t.Errorf("%s, job %s: runs-on %q, timeout-minutes %d, %d steps", file, name, job.RunsOn, job.Timeout, len(job.Steps))
			}
			for _, step := range job.Steps {
				if step.Uses == "" && step.Run == "" {
					t.Errorf("%s, job %s has a step that does nothing", file, name)
				}
				// What others can choose (a branch, a title) must come by the environment, never into the script's text.
				if strings.Contains(step.Run, "${{") {
					t.Errorf("%s, job %s: an expression becomes part of a script: %s", file, name, step.Run)
				}
				for _, match := range makes.FindAllStringSubmatch(step.Run, -1) {
					for _, target := range strings.Fields(match[1]) {
						if !strings.Contains(string(makefile), "\n"+target+": ") {
							t.Errorf("%s, job %s makes %s, which the Makefile does not know", file, name, target)
						}
					}
				}
			}
		}
	}
}

// TestReleaseIsWhatWasRehearsed: the workflow rehearses, then calls the same script.
func TestReleaseIsWhatWasRehearsed(t *testing.T) {
	parsed, _ := workflows(t)
	var runs []string
	for _, step := range parsed["release.yaml"].Jobs["release"].Steps {
		if step.Run != "" {
			runs = append(runs, step.Run)
		}
	}
	if got := strings.Join(runs, "; "); got != "make release-check; make release" {
		t.Errorf("the release job runs: %s", got)
	}
}
