package repertoire

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// labelledCluster has a Service web and pods of which nothing but the labels matters. later are the pods that come once
// the Service's own were asked for.
type labelledCluster struct {
	stage
	selector map[string]any
	made     time.Time
	later    []corev1.Pod
}

func (c *labelledCluster) Objects(ctx context.Context, _ string, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return c.Whole(ctx, serviceKind, query)
}

func (c *labelledCluster) Whole(_ context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	service := unstructured.Unstructured{Object: map[string]any{"spec": map[string]any{"selector": c.selector}}}
	service.SetAPIVersion(kind.APIVersion)
	service.SetKind(kind.Kind)
	service.SetName(query.Names[0])
	service.SetNamespace(query.Namespace)
	service.SetCreationTimestamp(metav1.NewTime(c.made))
	return casefile.Answered([]unstructured.Unstructured{service})
}

func (c *labelledCluster) Pods(ctx context.Context, query casefile.Query) casefile.Answer[[]corev1.Pod] {
	answer := c.stage.Pods(ctx, query)
	if query.Labels != "" {
		c.pods, c.later = append(c.pods, c.later...), nil
	}
	return answer
}

func labelledPod(name string, labels map[string]string) corev1.Pod {
	return corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "shop", Labels: labels}}
}

func TestSelector(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	old := now.Add(-time.Hour)
	tests := map[string]struct {
		cluster *labelledCluster
		facts   []string
		output  string
		mended  string
	}{
		"a letter, in one label of two; replicas are one line": {
			cluster: &labelledCluster{selector: map[string]any{"app": "wep", "tier": "front"}, made: old, stage: stage{pods: []corev1.Pod{
				labelledPod("db-0", map[string]string{"app": "db"}), labelledPod("bare", nil),
				labelledPod("web-b", map[string]string{"app": "web", "tier": "front", "pod-template-hash": "5d4f"}),
				labelledPod("web-a", map[string]string{"app": "web", "tier": "front", "pod-template-hash": "77aa"}),
			}}},
			facts: []string{"near-miss"}, mended: "app=web,tier=front",
			output: "app=web,tier=front web-a (+1) app=wep; app=db db-0 all; - bare all",
		},
		"the right value under another name": {
			cluster: &labelledCluster{selector: map[string]any{"app": "web"}, made: old, stage: stage{pods: []corev1.Pod{
				labelledPod("a", map[string]string{"app": "shop"}),
				labelledPod("b", map[string]string{"app.kubernetes.io/name": "web"}),
			}}},
			facts: []string{"near-miss"}, mended: "app.kubernetes.io/name=web",
			output: "app.kubernetes.io/name=web b all; app=shop a all",
		},
		"letters that changed places": {
			cluster: &labelledCluster{selector: map[string]any{"app": "wbe"}, made: old, stage: stage{pods: []corev1.Pod{labelledPod("a", map[string]string{"app": "web"})}}},
			facts:   []string{"near-miss"}, mended: "app=web", output: "app=web a all",
		},
		"another app is no near miss": {
			cluster: &labelledCluster{selector: map[string]any{"app": "web"}, made: old, stage: stage{pods: []corev1.Pod{labelledPod("a", map[string]string{"app": "db"})}}},
			facts:   []string{"unlike"}, mended: "app=db", output: "app=db a all",
		},
		"no pods": {
			cluster: &labelledCluster{selector: map[string]any{"app": "web"}, made: old, later: []corev1.Pod{labelledPod("late", map[string]string{"app": "web"})}},
			facts:   []string{"no-pods"}, output: "<none> - -",
		},
		"a Service of this minute, whose pods come": {
			cluster: &labelledCluster{
				selector: map[string]any{"app": "web"}, made: now, stage: stage{pods: []corev1.Pod{labelledPod("a", map[string]string{"app": "db"})}},
				later: []corev1.Pod{labelledPod("late", map[string]string{"app": "web"})},
			},
			facts: []string{"selects"}, mended: "app=web", output: "app=web late -; app=db a all",
		},
		"a label by which an owner numbers its pods, asked for": {
			cluster: &labelledCluster{selector: map[string]any{"statefulset.kubernetes.io/pod-name": "db-1"}, made: old, stage: stage{pods: []corev1.Pod{
				labelledPod("db-0", map[string]string{"app": "db", "statefulset.kubernetes.io/pod-name": "db-0", "apps.kubernetes.io/pod-index": "0"}),
			}}},
			facts: []string{"near-miss"}, mended: "statefulset.kubernetes.io/pod-name=db-0", output: "app=db,statefulset.kubernetes.io/pod-name=db-0 db-0 all",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			messages, err := message.NewCatalog(message.English)
			if err != nil {
				t.Fatal(err)
			}
			tools := Tools{
				Cluster: test.cluster, Messages: messages, Kubectl: Kubectl{Name: "kubectl"}, Now: func() time.Time { return now },
				Patience: Patience{For: 50 * time.Millisecond, Every: time.Millisecond, Tell: func(string) {}},
			}
			result := tools.selector(t.Context(), &Subject{Spec: target.Spec{Namespace: "shop", Names: []target.Name{{Resource: "svc", Name: "web"}}}}, nil)
			if result.Err != nil {
				t.Fatal(result.Err)
			}
			var rows []string
			for _, line := range result.Output[4:] {
				rows = append(rows, strings.Join(strings.Fields(line), " "))
			}
			if diff := cmp.Diff(test.facts, result.Facts); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
			if got := strings.Join(rows, "; "); got != test.output {
				t.Errorf("output:\n%s\nwant:\n%s", got, test.output)
			}
			if got := result.Args["Mended"]; got != test.mended {
				t.Errorf("mended %q, want %q", got, test.mended)
			}
		})
	}
}

// A Service that nobody named has no labels to compare; a user's workflow may ask for it all the same.
func TestSelectorOfNoService(t *testing.T) {
	result := (Tools{}).selector(t.Context(), &Subject{Spec: target.Spec{Names: []target.Name{{Resource: "deploy", Name: "web"}}}}, nil)
	if result.Err == nil || !strings.Contains(result.Err.Error(), "no Service was named") {
		t.Errorf("error %v", result.Err)
	}
}
