package diagnosis_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// byExit finds of a pod that died what its exit code is: two causes, one of them less bad, and none for 3.
func byExit() diagnosis.Rule {
	causes := []diagnosis.Cause{{ID: "one", Severity: severe}, {ID: "two", Severity: warning}, {ID: "three", Severity: info}}
	return toy(func(c *diagnosis.Case) []diagnosis.Finding {
		died := c.Containers[0].LastDeath()
		if died == nil {
			return nil
		}
		return []diagnosis.Finding{{ID: causes[died.ExitCode-1].ID, Confidence: certain, Container: "app"}}
	}, causes...)
}

// replica returns a pod of the Deployment web that died with an exit code, or is well when it is 0.
func replica(name string, exitCode int32) corev1.Pod {
	pod := healthy(name)
	if exitCode > 0 {
		pod = crashing(name, exitCode)
	}
	pod.Labels = map[string]string{"pod-template-hash": "7c"}
	return owned(pod, "ReplicaSet", "web-7c")
}

func TestGroups(t *testing.T) {
	l := &library{
		there:  []string{"ReplicaSet shop/web-7c"},
		uids:   map[string]types.UID{"ReplicaSet shop/web-7c": "uid-web-7c"},
		owners: map[string][]metav1.OwnerReference{"ReplicaSet shop/web-7c": owned(corev1.Pod{}, "Deployment", "web").OwnerReferences},
	}
	elsewhere := replica("web-e", 1)
	elsewhere.Namespace = "other"
	remark := replica("web-r", 3)
	remark.Status.ContainerStatuses[0].Ready = true // So that the remark is all that there is to say.
	remark.Status.Conditions[0].Status = corev1.ConditionTrue
	remark.Status.ContainerStatuses[0].State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}
	found := diagnose(t, l, []corev1.Pod{
		replica("web-3", 1), replica("web-1", 1), replica("web-0", 0), replica("web-2", 2), remark, replica("web-4", 1),
		crashing("bare", 2), crashing("naked", 1), elsewhere, healthy("well"),
	}, byExit())
	type row struct {
		Where, Root   string
		Targets       []string
		Of            int
		Others        []string
		RootContainer string
	}
	var got []row
	for _, g := range found.Groups {
		got = append(got, row{g.Namespace + " " + g.Workload.String(), g.Root.ID, g.Targets, g.Of, g.Others, g.Root.Container})
	}
	want := []row{
		{"shop deploy/web", "one", []string{"web-1", "web-3", "web-4"}, 6, []string{"web-0", "web-2", "web-r"}, "app"},
		{"other deploy/web", "one", []string{"web-e"}, 1, nil, "app"},
		{"shop pod/naked", "one", []string{"naked"}, 1, nil, "app"},
		{"shop pod/bare", "two", []string{"bare"}, 1, nil, "app"},
		{"shop deploy/web", "two", []string{"web-2"}, 6, []string{"web-0", "web-1", "web-3", "web-4", "web-r"}, "app"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

func TestNoGroupsOfTheHealthy(t *testing.T) {
	if found := diagnose(t, &library{}, []corev1.Pod{healthy("a"), healthy("b")}, byExit()); len(found.Groups) != 0 {
		t.Errorf("got %+v", found.Groups)
	}
}

// A ConfigMap that two workloads miss is one cause; what two Pods have of their own is two, and so
// are two of one name, and two that are repaired otherwise.
func TestCauses(t *testing.T) {
	about := func(id, kind, namespace, name string) diagnosis.Group {
		return diagnosis.Group{Root: diagnosis.Finding{ID: id, Object: diagnosis.Object{Kind: kind, Namespace: namespace, Name: name}}}
	}
	found := diagnosis.Diagnosis{Groups: []diagnosis.Group{
		about("configmap-missing", "ConfigMap", "shop", "app"), about("log-panic", "Pod", "shop", "web-0"), about("log-panic", "Pod", "shop", "web-0"),
		about("configmap-missing", "ConfigMap", "shop", "app"), about("configmap-missing", "ConfigMap", "other", "app"),
		about("configmap-key-missing", "ConfigMap", "shop", "app"), about("configmap-missing", "ConfigMap", "shop", "app"),
	}}
	other := about("configmap-missing", "ConfigMap", "shop", "app")
	other.Root.Remedies = []diagnosis.Remedy{{ID: "create", Command: shellword.New("kubectl create configmap app --from-literal=b=%s", shellword.Placeholder("value"))}}
	words := about("configmap-missing", "ConfigMap", "shop", "app")
	words.Root.Remedies = []diagnosis.Remedy{{ID: "create", Args: message.Args{"Workload": "deploy/web"}}}
	found.Groups = append(found.Groups, other, words, other)
	var sizes []int
	for _, groups := range found.Causes() {
		sizes = append(sizes, len(groups))
	}
	if diff := cmp.Diff([]int{3, 1, 1, 1, 1, 2, 1}, sizes); diff != "" {
		t.Errorf("groups of each cause (-want +got):\n%s", diff)
	}
}
