package report_test

import (
	"bytes"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// TestUnreadIsOfOnePod: a Pod of the same name in another namespace lacks something else.
func TestUnreadIsOfOnePod(t *testing.T) {
	found := &diagnosis.Diagnosis{File: casefile.New(nil, now)}
	refused := message.Errorf(nil, "error.unauthorized", message.Args{"Cause": "no"})
	for _, namespace := range []string{"shop", "staging"} {
		found.Targets = append(found.Targets, diagnosis.Target{Pod: &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: "database-0"}}})
		found.Unknowns = append(found.Unknowns, diagnosis.Unknown{
			Question: casefile.LogOf(namespace, "database-0", "app", true), State: casefile.Failed, Err: refused,
			Pods: []types.NamespacedName{{Namespace: namespace, Name: "database-0"}},
		})
	}
	var out bytes.Buffer
	report.NewPage(&out, catalog(t, message.English), report.Terminal{Width: 80}).Unread(found, &found.Targets[0], report.DiagnosisView{})
	if text := out.String(); !strings.Contains(text, "in shop") || strings.Contains(text, "staging") {
		t.Errorf("of database-0 in shop it is said:\n%s", text)
	}
}
