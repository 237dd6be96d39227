package difference_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func everything(metav1.TypeMeta, string) bool { return true }

// snapshot is one of the objects in YAML documents and of some targets.
func snapshot(t *testing.T, name, objects string, targets ...diagnosis.Target) difference.Snapshot {
	t.Helper()
	s := difference.Snapshot{Name: name, TakenAt: now, Covers: everything, Found: &diagnosis.Diagnosis{Targets: targets}}
	for text := range strings.SplitSeq(objects, "\n---\n") {
		object := unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(text), &object.Object); err != nil {
			t.Fatal(err)
		}
		if len(object.Object) > 0 {
			s.Objects = append(s.Objects, object)
		}
	}
	return s
}

func compare(t *testing.T, before, after difference.Snapshot) *difference.Difference {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	return difference.Compare(before, after, messages)
}

// lines are the changes of objects and their fields.
func lines(d *difference.Difference) []string {
	var all []string
	value := func(v *string) string {
		if v == nil {
			return "none"
		}
		return *v
	}
	for _, object := range d.Objects {
		all = append(all, fmt.Sprintf("%s %s %s/%s", object.Change, object.Kind, object.Namespace, object.Name))
		for _, field := range object.Fields {
			all = append(all, fmt.Sprintf("  %s: %s -> %s", field.Path, value(field.Before), value(field.After)))
		}
	}
	return all
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {namespace: shop, name: web, uid: u1, resourceVersion: "1", generation: 1, labels: {app.kubernetes.io/name: web}}
spec:
  replicas: 3
  template:
    spec:
      containers:
      - {name: app, image: "shop/web:1", args: [a, b], env: [{name: DSN, value: x}, {name: OLD, value: old}]}
status:
  replicas: 3
  conditions: [{type: Available, status: "True", lastTransitionTime: "2026-03-14T15:00:00Z"}]`

func TestFields(t *testing.T) {
	after := strings.NewReplacer(
		"shop/web:1", "shop/web:2", "replicas: 3", "replicas: 5", "[a, b]", "[a, c]", "{name: OLD, value: old}", "{name: NEW, value: z}",
		`resourceVersion: "1"`, `resourceVersion: "2"`, "generation: 1", "generation: 2", "app.kubernetes.io/name: web", "app.kubernetes.io/name: site",
		`status: "True"`, `status: "False"`, "15:00:00", "15:08:00",
	).Replace(deployment)
	want := []string{
		"changed Deployment shop/web",
		`  metadata.labels[app.kubernetes.io/name]: "web" -> "site"`,
		"  spec.replicas: 3 -> 5",
		`  spec.template.spec.containers[app].args: ["a","b"] -> ["a","c"]`,
		`  spec.template.spec.containers[app].env[NEW]: none -> {"name":"NEW","value":"z"}`,
		`  spec.template.spec.containers[app].env[OLD]: {"name":"OLD","value":"old"} -> none`,
		`  spec.template.spec.containers[app].image: "shop/web:1" -> "shop/web:2"`,
		`  status.conditions[Available].status: "True" -> "False"`,
	}
	if diff := cmp.Diff(want, lines(compare(t, snapshot(t, "a", deployment), snapshot(t, "b", after)))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

const other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: shop, name: settings, uid: u2}\ndata: {a: \"\"}"

func TestObjects(t *testing.T) {
	replaced := strings.Replace(other, "u2", "u3", 1)
	event := "apiVersion: v1\nkind: Event\nmetadata: {namespace: shop, name: e}"
	tests := map[string]struct {
		before, after string
		want          []string
	}{
		"nothing":         {deployment, deployment, nil},
		"one more":        {deployment, deployment + "\n---\n" + other, []string{"came ConfigMap shop/settings"}},
		"one less":        {other + "\n---\n" + deployment, deployment, []string{"went ConfigMap shop/settings"}},
		"another UID":     {other, replaced, []string{"replaced ConfigMap shop/settings"}},
		"events are left": {deployment, deployment + "\n---\n" + event, nil},
		"a list of names": {strings.Replace(deployment, ", env: [{name: DSN, value: x}, {name: OLD, value: old}]", "", 1), deployment, []string{
			"changed Deployment shop/web",
			`  spec.template.spec.containers[app].env[DSN]: none -> {"name":"DSN","value":"x"}`,
			`  spec.template.spec.containers[app].env[OLD]: none -> {"name":"OLD","value":"old"}`,
		}},
		"the token's volume": {deployment, strings.Replace(deployment, "containers:", "volumes: [{name: kube-api-access-x7}]\n      containers:", 1), nil},
		"a key": {other, strings.Replace(other, "{a: \"\"}", "{b: \"\"}", 1), []string{
			"changed ConfigMap shop/settings", `  data.a: "" -> none`, `  data.b: none -> ""`,
		}},
	}
	for name, test := range tests {
		d := compare(t, snapshot(t, "a", test.before), snapshot(t, "b", test.after))
		if diff := cmp.Diff(test.want, lines(d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if d.None() != (len(test.want) == 0) {
			t.Errorf("%s: none is %v", name, d.None())
		}
	}
}

// TestWhatIsNotCovered is neither new nor gone.
func TestWhatIsNotCovered(t *testing.T) {
	before, after := snapshot(t, "a", deployment), snapshot(t, "b", other)
	after.Covers = func(kind metav1.TypeMeta, namespace string) bool {
		return kind.Kind != "Deployment" || namespace != "shop"
	}
	d := compare(t, before, after)
	if diff := cmp.Diff([]string{"came ConfigMap shop/settings"}, lines(d)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if want := []difference.Uncovered{{Kind: "Deployment", Namespace: "shop", Count: 1, In: "after"}}; !cmp.Equal(want, d.NotCompared) {
		t.Errorf("not compared: %+v", d.NotCompared)
	}
}

// target is a pod of deploy/web with one container.
func target(name string, verdict diagnosis.Verdict, restarts int32, digest string, findings ...diagnosis.Finding) diagnosis.Target {
	return diagnosis.Target{
		Pod: &corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name, UID: types.UID(name)},
			Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "app"}}},
			Status:     corev1.PodStatus{ContainerStatuses: []corev1.ContainerStatus{{Name: "app", RestartCount: restarts, ImageID: "docker.io/shop/web@sha256:" + digest}}},
		},
		Workload: diagnosis.Workload{Kind: "Deployment", Name: "web"}, Verdict: verdict, Findings: findings,
	}
}

func found(id string) diagnosis.Finding {
	return diagnosis.Finding{ID: id, Severity: diagnosis.Error, Confidence: diagnosis.Certain, Container: "app", Args: message.Args{"Container": "app"}}
}

// TestPods: replicas with new names are the same workload.
func TestPods(t *testing.T) {
	before := snapshot(
		t, "a", "", target("web-1", diagnosis.Failing, 3, "aaa", found("oom-killed"), found("app-exit")), target("web-2", diagnosis.Healthy, 0, "aaa"),
		target("stays", diagnosis.Healthy, 1, "aaa"),
	)
	after := snapshot(
		t, "b", "", target("web-3", diagnosis.Healthy, 0, "bbb"), target("web-4", diagnosis.Degraded, 0, "bbb", found("app-exit")), target("stays", diagnosis.Healthy, 4, "aaa"),
	)
	d := compare(t, before, after)
	web := difference.Subject{Namespace: "shop", Kind: "Deployment", Name: "web"}
	if want := []difference.Verdict{{Subject: web, Before: "Failing", After: "Degraded", PodsBefore: 3, PodsAfter: 3}}; !cmp.Equal(want, d.Verdicts) {
		t.Errorf("verdicts: %+v", d.Verdicts)
	}
	if len(d.Findings) != 1 || d.Findings[0].ID != "oom-killed" || d.Findings[0].Change != difference.Went || !d.Findings[0].Root {
		t.Errorf("findings: %+v", d.Findings)
	}
	if want := []difference.Image{{Subject: web, Container: "app", Before: []string{"sha256:aaa"}, After: []string{"sha256:aaa", "sha256:bbb"}}}; !cmp.Equal(want, d.Images) {
		t.Errorf("images: %+v", d.Images)
	}
	if want := []difference.Restart{{Namespace: "shop", Pod: "stays", Container: "app", Before: 1, After: 4}}; !cmp.Equal(want, d.Restarts) {
		t.Errorf("restarts: %+v", d.Restarts)
	}
}

func TestDeepCopy(t *testing.T) {
	d := compare(t, snapshot(t, "a", deployment), snapshot(t, "b", other))
	twin := d.DeepCopyObject().(*difference.Difference)
	one, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	two, err := json.Marshal(twin)
	if err != nil || string(one) != string(two) {
		t.Errorf("%v: %s\nis not\n%s", err, two, one)
	}
	twin.Objects[0].Name = "changed"
	if d.Objects[0].Name == "changed" {
		t.Error("the copy shares memory with the original")
	}
}
