package diagnosis_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// last runs a look at the case of one crashing pod until nobody asks; what the last look saw counts.
func last(t *testing.T, l *library, pod corev1.Pod, look func(*diagnosis.Case)) {
	t.Helper()
	diagnose(t, l, []corev1.Pod{pod}, asks(look))
}

func event(uid types.UID, reason, path string) corev1.Event {
	return corev1.Event{
		ObjectMeta: metav1.ObjectMeta{Namespace: "shop"}, Reason: reason, LastTimestamp: ago(time.Minute),
		InvolvedObject: corev1.ObjectReference{UID: uid, FieldPath: path},
	}
}

func reasons(answer casefile.Answer[[]corev1.Event]) string {
	text := answer.State.String()
	for _, event := range answer.Value {
		text += " " + event.Reason
	}
	return text
}

func TestEventsAreThePodsOwn(t *testing.T) {
	l := &library{events: []corev1.Event{
		event("uid-web-0", "Scheduled", ""), event("uid-web-0", "BackOff", "spec.containers{app}"),
		event("uid-of-a-pod-before", "BackOff", "spec.containers{app}"),
		event("uid-web-0", "Pulled", "spec.containers{app-2}"), event("uid-web-0", "Pulled", "spec.initContainers{app}"),
	}}
	var got []string
	last(t, l, crashing("web-0", 1), func(c *diagnosis.Case) {
		got = []string{
			reasons(c.Events()), reasons(c.Events("BackOff", "Scheduled")), reasons(c.Events("Killing")),
			reasons(c.ContainerEvents("app")), reasons(c.ContainerEvents("app", "BackOff")), reasons(c.Events()),
		}
	})
	want := []string{
		"Known Scheduled BackOff Pulled Pulled", "Known Scheduled BackOff", "Known",
		"Known BackOff Pulled", "Known BackOff", "Known Scheduled BackOff Pulled Pulled",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	l.refuse = map[string]casefile.State{"list Event shop": casefile.Denied}
	last(t, l, crashing("web-0", 1), func(c *diagnosis.Case) { got = []string{reasons(c.Events("BackOff"))} })
	if got[0] != "Denied" {
		t.Errorf("refused events are %s", got[0])
	}
}

// TestNodes: the kubelet's events about a node have its name as their UID, the control plane's have the real one.
func TestNodes(t *testing.T) {
	named, known := event("n1", "Rebooted", ""), event("uid-n1", "NodeNotReady", "")
	named.Namespace, known.Namespace = "default", "default"
	l := &library{there: []string{"Node /n1"}, uids: map[string]types.UID{"Node /n1": "uid-n1"}, events: []corev1.Event{named, known}}
	var node casefile.Answer[*corev1.Node]
	var got string
	look := func(c *diagnosis.Case) { node, got = c.Node(), reasons(c.NodeEvents()) }
	last(t, l, crashing("web-0", 1), look)
	if node.State != casefile.Known || node.Value.Name != "n1" || got != "Known Rebooted NodeNotReady" {
		t.Errorf("node %+v with events %s", node, got)
	}
	last(t, l, unschedulable(), look)
	if node.State != casefile.Absent {
		t.Errorf("the node of a pod without one is %v", node.State)
	}
	if diff := cmp.Diff([]string{"get Node /n1", "list Event default involvedObject.kind=Node", "list Event default involvedObject.kind=Node"}, l.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestObjectsAroundAPod(t *testing.T) {
	l := &library{there: []string{"ConfigMap shop/web", "ConfigMap other/db", "Secret shop/tls", "ServiceAccount shop/default", "ServiceAccount shop/robot"}}
	robot := crashing("web-0", 1)
	robot.Spec.ServiceAccountName = "robot"
	var got []string
	look := func(c *diagnosis.Case) {
		web, db, tls, account, names := c.ConfigMap("web"), c.ConfigMap("db"), c.Secret("tls"), c.ServiceAccount(), c.Names("Secret")
		got = []string{fmt.Sprint(web.State, db.State, tls.State, account.State, names.State, names.Value)}
		if web.State == casefile.Known && (web.Value.Name != "web" || tls.Value.Name != "tls") {
			t.Errorf("got %s and %s", web.Value.Name, tls.Value.Name)
		}
		if account.State == casefile.Known {
			got = append(got, account.Value.Name)
		}
	}
	for want, pod := range map[string]corev1.Pod{"default": crashing("web-0", 1), "robot": robot} {
		last(t, l, pod, look)
		if diff := cmp.Diff([]string{"Known Absent Known Known Known [tls]", want}, got); diff != "" {
			t.Errorf("answers (-want +got):\n%s", diff)
		}
	}
}

func TestTimeIsThatOfTheFile(t *testing.T) {
	last(t, &library{}, crashing("web-0", 1), func(c *diagnosis.Case) {
		if !c.Now().Equal(now) || c.Since(ago(time.Hour)) != time.Hour {
			t.Errorf("now is %v, an hour ago was %v ago", c.Now(), c.Since(ago(time.Hour)))
		}
	})
}

func TestWorkloads(t *testing.T) {
	deployed := func(labels map[string]string) corev1.Pod {
		pod := owned(crashing("web-0", 1), "ReplicaSet", "web-7c")
		pod.Labels = labels
		return pod
	}
	hash := map[string]string{"pod-template-hash": "7c"}
	ownedBy := func(kind, name string) map[string][]metav1.OwnerReference {
		references := owned(corev1.Pod{}, kind, name).OwnerReferences
		return map[string][]metav1.OwnerReference{"ReplicaSet shop/web-7c": references, "Job shop/load-1": references}
	}
	there := []string{"ReplicaSet shop/web-7c", "Job shop/load-1"}
	uids := map[string]types.UID{there[0]: "uid-web-7c", there[1]: "uid-load-1"}
	denied := map[string]casefile.State{"get ReplicaSet shop/web-7c": casefile.Denied}
	tests := map[string]struct {
		pod     corev1.Pod
		library *library
		want    string
		command string
	}{
		"nobody's":                      {crashing("web-0", 1), &library{}, "pod/web-0", "replace --force -f <manifest.yaml>"},
		"a StatefulSet's":               {owned(crashing("web-0", 1), "StatefulSet", "web"), &library{}, "sts/web", "edit sts/web"},
		"a custom controller's":         {owned(crashing("web-0", 1), "Rollout", "web"), &library{}, "rollout/web", "edit rollout/web"},
		"a Deployment's":                {deployed(nil), &library{there: there, uids: uids, owners: ownedBy("Deployment", "web")}, "deploy/web", "edit deploy/web"},
		"by the hash, when refused":     {deployed(hash), &library{refuse: denied}, "deploy/web", "edit deploy/web"},
		"refused, and there is no hash": {deployed(nil), &library{refuse: denied}, "rs/web-7c", "edit rs/web-7c"},
		"a ReplicaSet of its own":       {deployed(hash), &library{there: there, uids: uids}, "rs/web-7c", "edit rs/web-7c"},
		"a CronJob's":                   {owned(crashing("web-0", 1), "Job", "load-1"), &library{there: there, uids: uids, owners: ownedBy("CronJob", "load")}, "cronjob/load", "edit cronjob/load"},
		"a Job of its own":              {owned(crashing("web-0", 1), "Job", "load-1"), &library{there: there, uids: uids}, "job/load-1", "replace --force -f <manifest.yaml>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var remedy diagnosis.Remedy
			found := diagnose(t, test.library, []corev1.Pod{test.pod}, asks(func(c *diagnosis.Case) { remedy = c.EditWorkload() }))
			if got := found.Targets[0].Workload.String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			want := diagnosis.Remedy{
				ID: "remedy.edit-workload", Effect: diagnosis.Changes, Args: map[string]any{"Workload": test.want, "Pod": "web-0"},
				Command: words("kubectl -n shop " + test.command),
			}
			switch found.Targets[0].Workload.Kind {
			case "Pod":
				want.ID, want.Effect = "remedy.replace-pod", diagnosis.Destructive
			case "Job":
				want.ID, want.Effect = "remedy.replace-job", diagnosis.Destructive
			}
			if diff := cmp.Diff(want, remedy); diff != "" {
				t.Errorf("remedy (-want +got):\n%s", diff)
			}
		})
	}
}
