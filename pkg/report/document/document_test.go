package document_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func build(t *testing.T, found *diagnosis.Diagnosis, language message.Language) *document.Diagnosis {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	builder := document.Builder{Messages: messages, Kubectl: "kubectl"}
	return builder.Build(found, document.Scope{Namespace: "shop", Names: []string{"deploy/web"}}, document.Cost{Requests: 7, Bytes: 4096})
}

// diagnosed has every part that a document can have. Its finding is the one whose words no family changes.
func diagnosed() *diagnosis.Diagnosis {
	pod := func(name string) *corev1.Pod {
		return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name, UID: "uid-web"}}
	}
	finding := diagnosis.Finding{
		ID: diagnosis.Unexplained, Severity: diagnosis.Error, Confidence: diagnosis.Certain, Container: "web", Form: "container",
		Object:  diagnosis.PodObject(pod("web-0")),
		Args:    message.Args{"Container": "web", "Reason": "Odd", "Message": "\x1b[2J"},
		Because: []diagnosis.Key{{ID: "configmap-missing", Container: "web", Object: "ConfigMap/web"}},
		Evidence: []diagnosis.Evidence{
			{Source: diagnosis.Status, Container: "web", Field: "status.phase", Value: "Pending", At: now},
			{Source: diagnosis.Events, Reason: "Failed", Value: "no", Times: 3, At: now.Add(-time.Minute), Object: diagnosis.Object{APIVersion: "v1", Kind: "Pod", Namespace: "shop", Name: "web-0", UID: "uid-web"}},
			{Source: diagnosis.LogEnd, Container: "web", Value: "KeyError", Line: 7, Previous: true, At: now, Object: diagnosis.Object{Kind: "Pod", Name: "web-1"}},
			{Source: diagnosis.Other, Object: diagnosis.Object{APIVersion: "v1", Kind: "ConfigMap", Name: "web"}, Says: "remedy.see-log", Args: message.Args{"Container": "web"}},
		},
		Remedies: []diagnosis.Remedy{
			{ID: "remedy.see-log", Args: message.Args{"Container": "web"}, Command: shellword.New("kubectl logs %s %s", "web-0", "a b"), Effect: diagnosis.ReadOnly},
			{ID: "remedy.edit-workload", Args: message.Args{"Workload": "deploy/web"}, Effect: diagnosis.Changes},
		},
	}
	workload := diagnosis.Workload{Kind: "Deployment", Name: "web"}
	starting := pod("web-2")
	starting.DeletionTimestamp = &metav1.Time{Time: now.Add(20 * time.Second)}
	return &diagnosis.Diagnosis{
		File: casefile.New(nil, now.In(time.FixedZone("CET", 3600))), Rounds: 2,
		Targets: []diagnosis.Target{
			{Pod: pod("web-0"), Workload: workload, Verdict: diagnosis.Failing, Since: now.Add(-time.Hour), Findings: []diagnosis.Finding{finding}},
			{Pod: pod("web-1"), Workload: workload, Verdict: diagnosis.Undecided},
			{Pod: pod("web-3"), Workload: workload, Verdict: diagnosis.Degraded},
			{Pod: starting, Workload: workload, Verdict: diagnosis.Progressing, State: podstate.Reason{ID: "why.terminating", Args: message.Args{"Left": "20s"}}},
			{Pod: pod("web-4"), Workload: workload, Verdict: diagnosis.Healthy},
		},
		Groups: []diagnosis.Group{{Namespace: "shop", Workload: workload, Root: finding, Targets: []string{"web-0"}, Of: 5, Others: []string{"web-1", "web-2", "web-3", "web-4"}}},
		Unknowns: []diagnosis.Unknown{
			{Question: casefile.LogOf("shop", "web-0", "web", true), State: casefile.Denied, Err: message.Errorf(nil, "error.secret", nil), Pods: []types.NamespacedName{{Name: "web-1"}, {Name: "web-0"}}},
			{Question: casefile.NodeNamed("node1"), State: casefile.Denied, Err: message.Errorf(nil, "error.unauthorized", message.Args{"Cause": "no"}), Pods: []types.NamespacedName{{Name: "web-0"}}},
			{Question: casefile.EventsIn("shop"), State: casefile.NotYet},
		},
	}
}

func TestDocument(t *testing.T) {
	for _, language := range message.Languages() {
		for _, format := range []string{"json", "yaml"} {
			var out bytes.Buffer
			flags := genericclioptions.NewPrintFlags("")
			*flags.OutputFormat = format
			printer, err := flags.ToPrinter()
			if err != nil {
				t.Fatal(err)
			}
			if err := printer.PrintObj(build(t, diagnosed(), language), &out); err != nil {
				t.Fatal(err)
			}
			golden.Equal(t, string(language)+"."+format, out.String())
		}
	}
}

func TestDeepCopy(t *testing.T) {
	original := build(t, diagnosed(), message.English)
	twin := original.DeepCopyObject().(*document.Diagnosis)
	if diff := cmp.Diff(encode(t, original), encode(t, twin)); diff != "" {
		t.Errorf("the copy differs (-original +copy):\n%s", diff)
	}
	twin.Targets[0].Findings[0].Args["Container"] = "other"
	twin.Targets[0].Findings[0].Evidence[0].Value = "other"
	if got := encode(t, original); strings.Contains(got, "other\"") {
		t.Errorf("the copy shares memory with the original:\n%s", got)
	}
}

func encode(t *testing.T, found *document.Diagnosis) string {
	t.Helper()
	data, err := json.MarshalIndent(found, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// documents are the documents of all scenarios of the families: what the rules really say.
func documents(t *testing.T) map[string]*document.Diagnosis {
	t.Helper()
	folders, err := filepath.Glob("../../diagnosis/*/testdata")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*document.Diagnosis{}
	for _, folder := range folders {
		all, err := scenario.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			found[s.File] = build(t, s.Diagnose(t, causes.All()), message.English)
		}
	}
	return found
}

// TestSameDiagnosisSameBytes: no order of a map reaches the document.
func TestSameDiagnosisSameBytes(t *testing.T) {
	first, second := documents(t), documents(t)
	for name, found := range first {
		if diff := cmp.Diff(encode(t, found), encode(t, second[name])); diff != "" {
			t.Errorf("%s: a second run gives another document:\n%s", name, diff)
		}
	}
}
