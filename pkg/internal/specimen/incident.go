package specimen

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
)

// Incident is three replicas of deploy/orders that die for want of an environment variable, a pod that waits for a ConfigMap
// whose Secret may not be asked for, one that is starting, and two that are well.
func Incident(t testing.TB) *diagnosis.Diagnosis {
	t.Helper()
	var pods []corev1.Pod
	for _, name := range []string{"orders-96fc-6tgvk", "orders-96fc-jxwdp", "orders-96fc-kjmj2"} {
		pods = append(pods, orders(name))
	}
	pods = append(pods, cart(), well("web-0"), well("web-1"))
	l := &library{
		nodes: []corev1.Node{node()},
		owners: map[string]metav1.PartialObjectMetadata{
			"ReplicaSet": object("orders-96fc", "uid-rs", 9*time.Minute, owner("Deployment", "orders", "uid-deploy")),
			"Deployment": object("orders", "uid-deploy", 30*24*time.Hour),
		},
		logs: []string{
			"orders 4.2 starting", "connecting as orders with password ‹redacted:password:3f2a9c›",
			"Traceback (most recent call last):", `  File "/srv/app.py", line 12, in <module>`, "    main()",
			`  File "/srv/app.py", line 7, in connect`, `    dsn = os.environ["ORDERS_DSN"]`, "KeyError: 'ORDERS_DSN'",
		},
		events: []corev1.Event{
			event("Deployment", "orders", "uid-deploy", "ScalingReplicaSet", "Scaled up replica set orders-96fc from 0 to 3", 1, 9*time.Minute, 9*time.Minute),
			event("Node", "node1", "node1", "NodeHasDiskPressure", "Node node1 status is now: NodeHasDiskPressure", 1, 4*time.Minute, 4*time.Minute),
		},
	}
	for i := range pods[:3] {
		name, uid := pods[i].Name, string(pods[i].UID)
		l.events = append(
			l.events, event("Pod", name, uid, "Scheduled", "Successfully assigned shop/"+name+" to node1", 1, 9*time.Minute, 9*time.Minute),
			event("Pod", name, uid, "Started", "Container started", 6, 8*time.Minute, 109*time.Second),
			event("Pod", name, uid, "BackOff", "Back-off restarting failed container orders in pod "+name, 31, 8*time.Minute, 11*time.Second),
		)
	}
	found := diagnosis.Diagnose(t.Context(), l, casefile.New(pods, Now), causes.All())
	found.File = found.File.Around(t.Context(), l, pods)
	return found
}

// pod is a replica without containers.
func pod(name string, age time.Duration) corev1.Pod {
	return corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: name, UID: types.UID("uid-" + name), CreationTimestamp: ago(age)},
		Spec:       corev1.PodSpec{NodeName: "node1", RestartPolicy: corev1.RestartPolicyAlways},
		Status: corev1.PodStatus{Phase: corev1.PodRunning, Conditions: []corev1.PodCondition{
			{Type: corev1.PodScheduled, Status: corev1.ConditionTrue, LastTransitionTime: ago(age)},
			{Type: corev1.PodReady, Status: corev1.ConditionFalse, Reason: "ContainersNotReady", LastTransitionTime: ago(age)},
		}},
	}
}

func orders(name string) corev1.Pod {
	p := pod(name, 9*time.Minute)
	p.Labels = map[string]string{"pod-template-hash": "96fc"}
	p.OwnerReferences = []metav1.OwnerReference{owner("ReplicaSet", "orders-96fc", "uid-rs")}
	p.Spec.Containers = []corev1.Container{{Name: "orders", Image: "shop/orders:4.2", Env: []corev1.EnvVar{{Name: "ORDERS_HOST", Value: "db"}}}}
	p.Status.ContainerStatuses = []corev1.ContainerStatus{{
		Name: "orders", RestartCount: 6,
		State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff", Message: "back-off 5m0s restarting failed container"}},
		LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
			Reason: "Error", ExitCode: 1, StartedAt: ago(110 * time.Second), FinishedAt: ago(109 * time.Second),
		}},
	}}
	return p
}

func cart() corev1.Pod {
	p := pod("cart", 7*time.Minute)
	p.Status.Phase = corev1.PodPending
	p.Spec.Containers = []corev1.Container{{Name: "app", Image: "shop/cart:1.0", EnvFrom: []corev1.EnvFromSource{
		{ConfigMapRef: &corev1.ConfigMapEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "shop-config"}}},
	}}}
	p.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "app", State: corev1.ContainerState{
		Waiting: &corev1.ContainerStateWaiting{Reason: "CreateContainerConfigError", Message: `configmap "shop-config" not found`},
	}}}
	return p
}

func well(name string) corev1.Pod {
	p := pod(name, time.Hour)
	p.Status.Conditions[1].Status = corev1.ConditionTrue
	p.Spec.Containers = []corev1.Container{{Name: "web", Image: "shop/web:1.0"}}
	p.Status.ContainerStatuses = []corev1.ContainerStatus{{
		Name: "web", Ready: true, State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: ago(time.Hour)}},
	}}
	return p
}
