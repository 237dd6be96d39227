package concept_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// What the list refers to must be there, and a name must mean one topic.
func TestListIsSound(t *testing.T) {
	known := map[string]bool{}
	for _, entry := range causes.Entries(causes.Families()) {
		known[entry.ID] = true
	}
	names, ids := map[string]string{}, map[string]bool{}
	for _, c := range concept.List() {
		ids[c.ID] = true
		for _, name := range append([]string{c.ID}, c.Aliases...) {
			if other, taken := names[name]; taken {
				t.Errorf("%q is a name of both %s and %s", name, other, c.ID)
			}
			if name != strings.ToLower(name) || strings.ContainsAny(name, " _") {
				t.Errorf("%s: %q cannot be typed without a thought", c.ID, name)
			}
			names[name] = c.ID
		}
	}
	for _, c := range concept.List() {
		if len(c.Related) == 0 {
			t.Errorf("%s leads nowhere", c.ID)
		}
		for i, related := range c.Related {
			if !ids[related] || related == c.ID || slices.Contains(c.Related[:i], related) {
				t.Errorf("%s: %q is no other topic", c.ID, related)
			}
		}
		for i, finding := range c.Findings {
			if !known[finding] || slices.Contains(c.Findings[:i], finding) {
				t.Errorf("%s: %q is no finding, or there twice", c.ID, finding)
			}
		}
	}
}

// Every topic must be reached from another one, or nobody would come across it.
func TestEveryTopicIsRelated(t *testing.T) {
	reached := map[string]bool{}
	for _, c := range concept.List() {
		for _, related := range c.Related {
			reached[related] = true
		}
	}
	for _, c := range concept.List() {
		if !reached[c.ID] {
			t.Errorf("no topic leads to %s", c.ID)
		}
	}
}

// command is a line of "see": `what to type`, a colon, and what it shows.
var command = regexp.MustCompile("^`(kubectl [^`]+)`(: |：)(.+)$")

func TestWords(t *testing.T) {
	for _, c := range concept.List() {
		lines := map[message.Language][]string{}
		for _, language := range message.Languages() {
			messages, err := message.NewCatalog(language)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{"title", "what", "why"} {
				if text := messages.Text("concept." + c.ID + "." + part); strings.HasPrefix(text, "[") || strings.Contains(text, "`") {
					t.Errorf("%s: %s.%s is missing, or is no prose: %s", language, c.ID, part, text)
				}
			}
			for line := range strings.Lines(messages.Text("concept." + c.ID + ".see")) {
				found := command.FindStringSubmatch(strings.TrimRight(line, "\n"))
				if found == nil {
					t.Errorf("%s: %s.see: neither a kubectl line nor what it shows: %s", language, c.ID, line)
					continue
				}
				lines[language] = append(lines[language], found[1])
			}
		}
		if diff := cmp.Diff(lines[message.English], lines[message.Chinese]); diff != "" || len(lines[message.English]) == 0 {
			t.Errorf("%s: the kubectl lines differ between the languages, or there are none (-en +zh):\n%s", c.ID, diff)
		}
	}
}

func TestFind(t *testing.T) {
	tests := map[string]string{"pod": "pod", "PO": "pod", "CrashLoopBackOff": "crash-loop-backoff", "svc": "service", "nope": "", "": ""}
	for name, want := range tests {
		if got, ok := concept.Find(name); got.ID != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", name, got.ID, ok, want)
		}
	}
}

func TestOf(t *testing.T) {
	tests := []struct {
		action   string
		findings []string
		want     []string
	}{
		{action: "logs", want: []string{"log"}},
		{action: "describe", findings: []string{"oom-killed"}, want: []string{"pod", "event", "oom", "resources"}},
		{action: "nothing", findings: []string{"no-such"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, concept.Of(test.action, test.findings...)); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", test.action, test.findings, diff)
		}
	}
}
