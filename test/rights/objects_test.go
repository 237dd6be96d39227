package rights

import (
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// namespace is where the made-up pods are.
const namespace = "shop"

// made are two pods of every kind of owner, and whatever is above those.
func made() []unstructured.Unstructured {
	var all []unstructured.Unstructured
	for _, node := range []string{"node1", "node2"} {
		all = append(all, object("v1", "Node", "", node, nil))
	}
	all = append(all, object("v1", "Service", namespace, "svc", nil))
	for _, kind := range []struct{ version, kind, aboveVersion, above string }{
		{"apps/v1", "ReplicaSet", "apps/v1", "Deployment"},
		{"apps/v1", "StatefulSet", "", ""},
		{"apps/v1", "DaemonSet", "", ""},
		{"batch/v1", "Job", "batch/v1", "CronJob"},
		{"v1", "ReplicationController", "", ""},
	} {
		for i, letter := range []string{"a", "b"} {
			owner := object(kind.version, kind.kind, namespace, name(kind.kind, letter), nil)
			if kind.above != "" {
				above := object(kind.aboveVersion, kind.above, namespace, name(kind.above, letter), nil)
				owner = object(kind.version, kind.kind, namespace, name(kind.kind, letter), &above)
				all = append(all, above)
			}
			all = append(all, owner, pod(name("Pod-of-"+kind.kind, letter), fmt.Sprintf("node%d", i+1), &owner))
		}
	}
	return append(all, loaded())
}

// alone is a pod without an owner.
const alone = "pod-alone"

// loaded is the pod alone, which names an object of every kind that a pod can name.
func loaded() unstructured.Unstructured {
	made := pod(alone, "node1", nil)
	spec := made.Object["spec"].(map[string]any)
	spec["priorityClassName"], spec["serviceAccountName"] = "urgent", "web"
	spec["imagePullSecrets"] = []any{map[string]any{"name": "registry"}}
	spec["volumes"] = []any{
		map[string]any{"name": "data", "persistentVolumeClaim": map[string]any{"claimName": "data"}},
		map[string]any{"name": "settings", "configMap": map[string]any{"name": "settings"}},
	}
	return made
}

// name is a name that objects of a kind have here.
func name(kind, letter string) string {
	var lower []rune
	for _, r := range kind {
		lower = append(lower, r|0x20)
	}
	return string(lower) + "-" + letter
}

// object is an object that selects all pods, and may have an owner.
func object(version, kind, namespace, name string, owner *unstructured.Unstructured) unstructured.Unstructured {
	metadata := map[string]any{"name": name, "uid": "uid-" + kind + "-" + name}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	if owner != nil {
		metadata["ownerReferences"] = []any{map[string]any{
			"apiVersion": owner.GetAPIVersion(), "kind": owner.GetKind(), "name": owner.GetName(), "uid": string(owner.GetUID()), "controller": true,
		}}
	}
	selector := map[string]any{"matchLabels": map[string]any{"app": "web"}}
	if kind == "Service" || kind == "ReplicationController" {
		selector = map[string]any{"app": "web"}
	}
	return unstructured.Unstructured{Object: map[string]any{
		"apiVersion": version, "kind": kind, "metadata": metadata, "spec": map[string]any{"selector": selector},
	}}
}

// pod is a pod that works.
func pod(name, node string, owner *unstructured.Unstructured) unstructured.Unstructured {
	made := object("v1", "Pod", namespace, name, owner)
	made.Object["spec"] = map[string]any{
		"nodeName":   node,
		"containers": []any{map[string]any{"name": "app", "image": "app:1", "ports": []any{map[string]any{"containerPort": int64(8080)}}}},
	}
	made.Object["status"] = map[string]any{
		"phase": "Running", "podIP": "10.0.0.1",
		"conditions": []any{map[string]any{"type": "Ready", "status": "True"}},
		"containerStatuses": []any{map[string]any{
			"name": "app", "ready": true, "started": true, "image": "app:1", "imageID": "", "restartCount": int64(0),
			"state": map[string]any{"running": map[string]any{"startedAt": "2026-03-14T15:09:26Z"}},
		}},
	}
	return made
}
