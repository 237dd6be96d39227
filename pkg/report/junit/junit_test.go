package junit_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/report/junit"
)

func written(t *testing.T, found *diagnosis.Diagnosis, language message.Language) string {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := junit.Write(&out, document.Builder{Messages: messages, Kubectl: "kubectl"}.Build(found, document.Scope{}, document.Cost{})); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestJUnit(t *testing.T) {
	for _, language := range message.Languages() {
		golden.Equal(t, "incident-"+string(language)+".xml", written(t, specimen.Incident(t), language))
	}
}

// TestNothingBreaksOut: the XML is well-formed and has the elements of the format alone.
func TestNothingBreaksOut(t *testing.T) {
	text := written(t, specimen.Hostile(t), message.English)
	decoder := xml.NewDecoder(strings.NewReader(text))
	elements := map[string]int{}
	var said strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements[token.Name.Local]++
			if !slices.Contains(strings.Fields("testsuites testsuite properties property testcase failure system-out"), token.Name.Local) {
				t.Errorf("an element <%s>", token.Name.Local)
			}
		case xml.CharData:
			said.Write(token)
		case xml.Comment, xml.Directive:
			t.Errorf("%T: %s", token, token)
		}
	}
	if elements["testcase"] != 1 || elements["failure"] != 1 || elements["property"] != 1 {
		t.Errorf("elements: %v", elements)
	}
	for _, attack := range []string{"<script>alert(1)</script>", "]]>", "<![CDATA["} {
		if !strings.Contains(said.String(), attack) {
			t.Errorf("%s is not to be read", attack)
		}
	}
}

// TestOutcomes: what a CI system counts.
func TestOutcomes(t *testing.T) {
	found := &document.Diagnosis{Targets: []document.Target{
		{Object: document.Object{Namespace: "shop", Name: "a"}, Verdict: "Failing", RootCause: &document.RootCause{ID: "oom-killed"}},
		{Object: document.Object{Namespace: "shop", Name: "b"}, Verdict: "Unknown"},
		{Object: document.Object{Namespace: "shop", Name: "c"}, Verdict: "Progressing"},
		{Object: document.Object{Namespace: "shop", Name: "d"}, Verdict: "Healthy"},
		{Object: document.Object{Namespace: "shop", Name: "e"}, Verdict: "Degraded"},
	}}
	var out bytes.Buffer
	if err := junit.Write(&out, found); err != nil {
		t.Fatal(err)
	}
	if want := `<testsuites name="podkit" tests="5" failures="2" errors="1" skipped="1">`; !strings.Contains(out.String(), want) {
		t.Errorf("got\n%s", out.String())
	}
}
