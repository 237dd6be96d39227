package diagnosis

import (
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// Workload is the object that a user edits to change a pod: its Deployment, StatefulSet, DaemonSet, Job or CronJob; the
// pod itself when nothing owns it.
type Workload struct {
	Kind, Name string
}

// shortKinds are the words that kubectl takes for the kinds of workloads.
var shortKinds = map[string]string{
	"Deployment": "deploy", "StatefulSet": "sts", "DaemonSet": "ds", "ReplicaSet": "rs", "CronJob": "cronjob", "Job": "job", "Pod": "pod",
}

// String is the workload as kubectl takes it: deploy/web.
func (w Workload) String() string {
	if short := shortKinds[w.Kind]; short != "" {
		return short + "/" + w.Name
	}
	return strings.ToLower(w.Kind) + "/" + w.Name
}

// Bare reports whether the pod belongs to nobody: its spec can't be edited, and nobody makes it anew.
func (w Workload) Bare() bool { return w.Kind == "Pod" }

// Workload returns what a user would edit. Of a ReplicaSet that may not be read, the Deployment is known all the same: its
// controller names it DEPLOYMENT-HASH and labels it with the hash (kubernetes pkg/controller/deployment/sync.go,
// getNewReplicaSet).
func (c *Case) Workload() Workload {
	owner := casefile.ControllerOf(c.Pod)
	if owner == nil {
		return Workload{"Pod", c.Pod.Name}
	}
	if owner.Kind != "ReplicaSet" && owner.Kind != "Job" {
		return Workload{owner.Kind, owner.Name}
	}
	question := c.ask(casefile.OwnerNamed(c.Pod.Namespace, owner))
	chain := c.file.Owners(c.Pod)
	if chain[0].Metadata.State == casefile.Known && len(chain) > 1 {
		return Workload{chain[1].Kind, chain[1].Name}
	}
	if name, ok := deploymentOf(c.Pod, owner.Name); ok && chain[0].Metadata.State != casefile.Known {
		if c.file.Knows(question) {
			delete(c.asked, question) // It was refused, and is not missed.
		}
		return Workload{"Deployment", name}
	}
	return Workload{owner.Kind, owner.Name}
}

func deploymentOf(pod *corev1.Pod, replicaSet string) (string, bool) {
	hash := pod.Labels[appsv1.DefaultDeploymentUniqueLabelKey]
	name, cut := strings.CutSuffix(replicaSet, "-"+hash)
	return name, cut && hash != ""
}
