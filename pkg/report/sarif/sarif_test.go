package sarif_test

import (
	"bytes"
	"strings"
	"testing"

	format "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

func written(t *testing.T, found *diagnosis.Diagnosis, language message.Language) string {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	p := press.Press{Messages: messages, ForScripts: messages, Kubectl: "kubectl", Version: "v1.2.3"}
	if err := p.Print(&out, press.SARIF, press.Copy{Found: found}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSARIF(t *testing.T) {
	for _, language := range message.Languages() {
		golden.Equal(t, "incident-"+string(language)+".sarif", written(t, specimen.Incident(t), language))
	}
}

// check validates a log against the schema of OASIS for SARIF 2.1.0, which comes with the library.
func check(t *testing.T, text string) error {
	t.Helper()
	log, err := format.FromString(text, format.WithStrictValidation())
	if err != nil {
		t.Fatal(err)
	}
	return log.Validate()
}

func TestSchema(t *testing.T) {
	for name, found := range map[string]*diagnosis.Diagnosis{"incident": specimen.Incident(t), "hostile": specimen.Hostile(t)} {
		if err := check(t, written(t, found, message.English)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	good := written(t, specimen.Incident(t), message.English)
	for name, change := range map[string][2]string{
		"a level of no kind": {`"level": "error"`, `"level": "fatal"`},
		"another version":    {`"version": "2.1.0"`, `"version": "3"`},
		"a tool of no name":  {`"name": "podkit"`, `"fullName": "podkit"`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good || check(t, bad) == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// TestMessagesAreLiteral: a text of the cluster is neither a link nor a placeholder in a message.
func TestMessagesAreLiteral(t *testing.T) {
	log, err := format.FromString(written(t, specimen.Hostile(t), message.English))
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range log.Runs[0].Results {
		text := *result.Message.Text
		for _, active := range []string{"[click]", "{{{{.}}}}"} {
			at := strings.Index(text, active)
			if (at >= 0) != (active == "{{{{.}}}}") {
				t.Errorf("%s: %q at %d", *result.RuleID, active, at)
			}
		}
		if strings.ContainsAny(text, "\x1b\x07\u202e") {
			t.Errorf("%s: control characters in %q", *result.RuleID, text)
		}
	}
}

// TestFingerprints stay when the pods have new names, and differ between causes.
func TestFingerprints(t *testing.T) {
	prints := func(rename bool) []string {
		found := specimen.Incident(t)
		for i := range found.Targets {
			if rename {
				found.Targets[i].Pod.Name += "-new"
			}
		}
		log, err := format.FromString(written(t, found, message.English))
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, result := range log.Runs[0].Results {
			all = append(all, result.PartialFingerprints["podkitCause/v1"])
		}
		return all
	}
	before, after := prints(false), prints(true)
	if len(before) != 2 || before[0] == before[1] {
		t.Errorf("the fingerprints are %v", before)
	}
	if before[0] != after[0] {
		t.Errorf("deploy/orders: %s before, %s after its pods were replaced", before[0], after[0])
	}
}
