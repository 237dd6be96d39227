package target_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

func TestOwnersSelectTheirPods(t *testing.T) {
	tests := map[string]struct {
		resource, object string
		want             casefile.Query
	}{
		"Deployment": {
			"deploy", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {app: web, tier: front}}}}",
			casefile.Query{Namespace: "shop", Labels: "app=web,tier=front"},
		},
		"expressions": {
			"sts", "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web, namespace: shop}, spec: {selector: {matchExpressions: [{key: app, operator: In, values: [b, a]}, {key: old, operator: DoesNotExist}]}}}",
			casefile.Query{Namespace: "shop", Labels: "app in (a,b),!old"},
		},
		"Service": {
			"svc", "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}",
			casefile.Query{Namespace: "shop", Labels: "app=web"},
		},
		"ReplicationController": {
			"rc", "{apiVersion: v1, kind: ReplicationController, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}",
			casefile.Query{Namespace: "shop", Labels: "app=web"},
		},
		"custom kind with a label selector": {
			"rollouts", "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {app: web}}}}",
			casefile.Query{Namespace: "shop", Labels: "app=web"},
		},
		"custom kind with plain labels": {
			"gateways", "{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: web, namespace: shop}, spec: {selector: {istio: ingress}}}",
			casefile.Query{Namespace: "shop", Labels: "istio=ingress"},
		},
		"Node": {
			"node", "{apiVersion: v1, kind: Node, metadata: {name: web}}",
			casefile.Query{Namespace: "shop", Fields: "spec.nodeName=web"},
		},
		"Pod under an unusual name of its type": {
			"pods.v1.core", "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}",
			casefile.Query{Namespace: "shop", Names: []string{"web"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{t: t, objects: map[string][]unstructured.Unstructured{test.resource + " shop web": {object(t, test.object)}}}
			spec := target.Spec{Namespace: "shop", Names: []target.Name{{Resource: test.resource, Name: "web"}}}
			got, err := spec.Resolve(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			want := target.Selection{Query: test.want}
			if len(test.want.Names) == 0 {
				want.Owner = spec.Names[0]
			}
			if diff := cmp.Diff([]target.Selection{want}, got); diff != "" {
				t.Errorf("selections (-want +got):\n%s", diff)
			}
			if len(r.asked) != 1 {
				t.Errorf("one owner cost these reads: %q", r.asked)
			}
		})
	}
}

func TestCronJobSelectsThePodsOfItsJobs(t *testing.T) {
	cron := "{apiVersion: batch/v1, kind: CronJob, metadata: {name: night, namespace: shop, uid: u1}}"
	job := func(name, uid string) unstructured.Unstructured {
		return object(t, "{apiVersion: batch/v1, kind: Job, metadata: {namespace: shop, name: "+name+
			", ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: night, controller: true, uid: "+uid+"}]}}")
	}
	tests := map[string]struct {
		jobs []unstructured.Unstructured
		want string
	}{
		"has not run yet": {nil, "batch.kubernetes.io/job-name,!batch.kubernetes.io/job-name"},
		"its own jobs, not those of a namesake that was deleted": {
			[]unstructured.Unstructured{job("night-1", "u1"), job("night-0", "gone"), job("night-2", "u1")},
			"batch.kubernetes.io/job-name in (night-1,night-2)",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{t: t, objects: map[string][]unstructured.Unstructured{
				"cj shop night": {object(t, cron)}, "jobs.batch shop ": test.jobs,
			}}
			spec := target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "cj", Name: "night"}}}
			got, err := spec.Resolve(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0].Labels != test.want || got[0].Namespace != "shop" {
				t.Errorf("got %+v, want labels %q in namespace shop", got, test.want)
			}
		})
	}
}

func TestOwnersWithoutPods(t *testing.T) {
	tests := map[string]string{
		"ConfigMap":                  "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: shop}}",
		"Service without a selector": "{apiVersion: v1, kind: Service, metadata: {name: x, namespace: shop}, spec: {clusterIP: None}}",
		"empty selector":             "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: x, namespace: shop}, spec: {selector: {}}}",
		"selector of another shape":  "{apiVersion: x/v1, kind: Odd, metadata: {name: x, namespace: shop}, spec: {selector: [a]}}",
		"selector of other values":   "{apiVersion: x/v1, kind: Odd, metadata: {name: x, namespace: shop}, spec: {selector: {port: 80}}}",
		"bad operator":               "{apiVersion: x/v1, kind: Odd, metadata: {name: x, namespace: shop}, spec: {selector: {matchExpressions: [{key: a, operator: Near}]}}}",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{t: t, objects: map[string][]unstructured.Unstructured{"thing shop x": {object(t, text)}}}
			spec := target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "thing", Name: "x"}}}
			got, err := spec.Resolve(t.Context(), r)
			if err == nil {
				t.Fatalf("no error, but %+v", got)
			}
			if !strings.HasPrefix(err.Error(), "thing/x selects no pods") {
				t.Errorf("got %q, want a sentence that names thing/x", err)
			}
		})
	}
}

func TestOwnerThatCannotBeRead(t *testing.T) {
	refused := message.Errorf(nil, "error.forbidden", nil)
	r := &reader{t: t, failure: refused}
	spec := target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "deploy", Name: "web"}}}
	if _, err := spec.Resolve(t.Context(), r); !errors.Is(err, refused) {
		t.Errorf("got %v, want the reader's own error", err)
	}
}
