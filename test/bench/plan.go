package main

import "fmt"

// The models of testdata/models.yaml by name, and the cause that podkit is to find in the pods of each.
const healthy = "web-healthy"

var causes = []struct{ model, cause string }{
	{"web-crash", "log-missing-env"},
	{"web-image", "image-not-found"},
	{"web-config", "configmap-missing"},
}

// workload is one Deployment of the cluster: a copy of a model.
type workload struct {
	model string
	// number tells the copies of all models apart, first and pods its pods: first, first+1, ...
	number, first, pods int
	// quiet is set when its events are too old to be still there, as those of most healthy workloads are.
	quiet bool
}

// name is that of the Deployment.
func (w workload) name() string { return fmt.Sprintf("%s-%04d", w.model, w.number) }

// How many pods a Deployment has at most; every so many of the healthy ones have been rolled out within the hour that
// events are kept.
const (
	healthyReplicas = 10
	failingReplicas = 5
	rolledOut       = 10
)

// failing is how many of the pods fail: 2 %, and where there is room one in each way.
func failing(pods int) int { return max(pods/50, min(pods, len(causes))) }

// plan divides pods into Deployments, the failing ones first.
func plan(pods int) []workload {
	var made []workload
	first := 0
	add := func(model string, pods, replicas int) {
		for ; pods > 0; pods -= replicas {
			next := workload{model: model, number: len(made), first: first, pods: min(pods, replicas)}
			next.quiet = model == healthy && next.number%rolledOut != 0
			made = append(made, next)
			first += next.pods
		}
	}
	ill := failing(pods)
	for i, failure := range causes {
		add(failure.model, (ill+len(causes)-1-i)/len(causes), failingReplicas)
	}
	add(healthy, pods-ill, healthyReplicas)
	return made
}
