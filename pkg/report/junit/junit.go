package junit

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// tally are the counts that suites and their whole carry.
type tally struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	tally
	Suites []*suite `xml:"testsuite"`
}

type suite struct {
	Name string `xml:"name,attr"`
	tally
	Timestamp  string      `xml:"timestamp,attr"`
	Properties *properties `xml:"properties"`
	Cases      []testcase  `xml:"testcase"`
}

// properties is left out when it is nil.
type properties struct {
	List []property `xml:"property"`
}

type property struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type testcase struct {
	Class   string   `xml:"classname,attr"`
	Name    string   `xml:"name,attr"`
	Failure *outcome `xml:"failure"`
	Error   *outcome `xml:"error"`
	Skipped *outcome `xml:"skipped"`
	Out     string   `xml:"system-out,omitempty"`
}

type outcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// Write writes the results. A pod with a root cause has failed, one that nobody can judge is an error, one that is on its way
// is skipped. What could not be read stands in the suite's properties and in the output of the pods that it was asked for.
func Write(out io.Writer, found *document.Diagnosis) error {
	all := suites{Name: "podkit"}
	for i := range found.Targets {
		target := &found.Targets[i]
		s := all.suite(target, found)
		result := resultOf(target, found.Unknowns)
		s.add(&result)
		all.add(&result)
		s.Cases = append(s.Cases, result)
	}
	slices.SortStableFunc(all.Suites, func(a, b *suite) int { return strings.Compare(a.Name, b.Name) })
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}

// add counts a case.
func (t *tally) add(result *testcase) {
	t.Tests++
	switch {
	case result.Failure != nil:
		t.Failures++
	case result.Error != nil:
		t.Errors++
	case result.Skipped != nil:
		t.Skipped++
	}
}

// suite is that of a pod's workload.
func (s *suites) suite(target *document.Target, found *document.Diagnosis) *suite {
	name := clean(strings.Join([]string{target.Object.Namespace, strings.ToLower(target.Workload.Kind), target.Workload.Name}, "/"))
	if at := slices.IndexFunc(s.Suites, func(other *suite) bool { return other.Name == name }); at >= 0 {
		s.Suites[at].unread(target, found.Unknowns)
		return s.Suites[at]
	}
	made := &suite{Name: name, Timestamp: found.TakenAt.UTC().Format(time.RFC3339)}
	made.unread(target, found.Unknowns)
	s.Suites = append(s.Suites, made)
	return made
}

// unread adds what could not be read for a pod, each once.
func (s *suite) unread(target *document.Target, unknowns []document.Unknown) {
	for _, told := range unreadFor(target, unknowns) {
		if s.Properties == nil {
			s.Properties = &properties{}
		}
		if next := (property{Name: "podkit.unread", Value: told}); !slices.Contains(s.Properties.List, next) {
			s.Properties.List = append(s.Properties.List, next)
		}
	}
}

func unreadFor(target *document.Target, unknowns []document.Unknown) []string {
	var told []string
	for _, unknown := range unknowns {
		if slices.Contains(unknown.Targets, target.Object.Name) {
			told = append(told, clean(strings.TrimSpace(unknown.Verb+" "+unknown.What+": "+unknown.Reason+" "+unknown.Message)))
		}
	}
	return told
}

func resultOf(target *document.Target, unknowns []document.Unknown) testcase {
	result := testcase{
		Class: clean(target.Object.Namespace + "." + target.Workload.Name), Name: clean(target.Object.Name),
		Out: strings.Join(unreadFor(target, unknowns), "\n"),
	}
	switch root := target.RootCause; {
	case root != nil:
		result.Failure = &outcome{Message: clean(root.Summary), Type: root.ID, Text: proof(target)}
	case target.Verdict == string(diagnosis.Undecided):
		result.Error = &outcome{Message: clean(target.State), Type: target.Verdict}
	case target.Verdict == string(diagnosis.Progressing):
		result.Skipped = &outcome{Message: clean(target.State)}
	case target.Verdict != string(diagnosis.Healthy):
		result.Failure = &outcome{Message: clean(target.State), Type: target.Verdict}
	}
	return result
}

// proof is the chain, the evidence and the next commands of a root cause, a line each.
func proof(target *document.Target) string {
	var lines []string
	for i := range target.Findings {
		finding := &target.Findings[i]
		lines = append(lines, finding.Severity+" "+finding.ID+" ("+finding.Confidence+"): "+finding.Summary)
		for j := range finding.Evidence {
			lines = append(lines, "  "+evidence(&finding.Evidence[j]))
		}
		for _, remedy := range finding.Remedies {
			lines = append(lines, "  > "+remedy.Text)
			if remedy.Command != "" {
				lines = append(lines, "    "+remedy.Command)
			}
		}
	}
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	return "\n" + strings.Join(lines, "\n") + "\n"
}

func evidence(found *document.Evidence) string {
	parts := []string{found.Source}
	for _, part := range []string{found.Container, found.Text, found.Field, found.Value} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if found.Event != nil {
		parts = append(parts, found.Event.Reason, found.Event.Message)
	}
	if found.Log != nil {
		parts = append(parts, found.Log.Text)
	}
	return strings.Join(parts, " · ")
}

// clean neutralises a text and bounds it; encoding/xml escapes it for its place.
func clean(text string) string {
	return report.Escape(strings.ReplaceAll(report.Clip(text), "\r", ""))
}
