package main

import (
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// The resources whose objects are looked at.
var (
	podResource        = schema.GroupVersionResource{Version: "v1", Resource: "pods"}
	eventResource      = schema.GroupVersionResource{Version: "v1", Resource: "events"}
	nodeResource       = schema.GroupVersionResource{Version: "v1", Resource: "nodes"}
	deploymentResource = schema.GroupVersionResource{Group: "apps", Version: "v1", Resource: "deployments"}
	replicaSetResource = schema.GroupVersionResource{Group: "apps", Version: "v1", Resource: "replicasets"}
)

// model is a recorded Deployment with one pod, and what of it differs in every copy.
type model struct {
	name, pod, podUID, node string
	// owners are the UIDs of the Deployment and its ReplicaSet.
	owners []string
}

// modelsOf finds the Deployments of a recording.
func modelsOf(r *recording.Recording) ([]model, error) {
	var found []model
	for _, deployment := range r.Objects(deploymentResource) {
		m := model{name: deployment.Name, owners: []string{deployment.UID}}
		for _, set := range r.Objects(replicaSetResource) {
			if strings.HasPrefix(set.Name, m.name+"-") {
				m.owners = append(m.owners, set.UID)
			}
		}
		for _, object := range r.Objects(podResource) {
			if !strings.HasPrefix(object.Name, m.name+"-") {
				continue
			}
			var pod corev1.Pod
			if err := json.Unmarshal(object.Raw, &pod); err != nil {
				return nil, err
			}
			m.pod, m.podUID, m.node = object.Name, object.UID, pod.Spec.NodeName
		}
		if m.pod == "" || len(m.owners) != 2 {
			return nil, fmt.Errorf("the model %s is not recorded with one ReplicaSet and one pod", m.name)
		}
		found = append(found, m)
	}
	return found, nil
}

// podName is the name of a pod of a copy: that of the model with its random end exchanged.
func (m *model) podName(w workload, pod int) string {
	const random = 5 // kubernetes, staging/src/k8s.io/apiserver/pkg/storage/names/generate.go
	return w.name() + m.pod[len(m.name):len(m.pod)-random] + fmt.Sprintf("%05d", pod)
}

// uid is the UID of a copy.
func uid(of string, number int) string {
	const fixed = len("00000000-0000-0000-0000-")
	return of[:fixed] + fmt.Sprintf("%012x", number)
}

// ofPod turns what belongs to the pod of the model into what belongs to a pod of a copy.
func (m *model) ofPod(w workload, pod, nodes int, own string) *strings.Replacer {
	return m.replacer(w, own, uid(own, pod),
		m.podUID, uid(m.podUID, pod), m.pod, m.podName(w, pod), m.node, nodeName(m.node, pod%nodes))
}

// ofWorkload turns the Deployment of the model, its ReplicaSet and their events into those of a copy.
func (m *model) ofWorkload(w workload, own string) *strings.Replacer {
	return m.replacer(w, own, uid(own, w.number),
		m.pod, m.podName(w, w.first), `eplicas":1`, fmt.Sprintf(`eplicas":%d`, w.pods))
}

// replacer replaces the earlier ones of the pairs before the later ones, those of every copy last.
func (m *model) replacer(w workload, own, as string, pairs ...string) *strings.Replacer {
	for _, owner := range m.owners {
		pairs = append(pairs, owner, uid(owner, w.number))
	}
	return strings.NewReplacer(append(pairs, own, as, m.name, w.name())...)
}

func nodeName(model string, number int) string { return fmt.Sprintf("%s-%03d", model, number) }
