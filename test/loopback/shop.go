package loopback

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// shop returns the objects: Deployment web with a good pod and one whose ConfigMap is missing, a database, and the Node
// under them.
func shop() []unstructured.Unstructured {
	return []unstructured.Unstructured{
		object("v1", "Namespace", "", "default", nil),
		object("v1", "Namespace", "", "shop", nil),
		object("v1", "Node", "", "node1", map[string]any{
			"status": map[string]any{"conditions": []any{map[string]any{"type": "Ready", "status": "True"}}},
		}),
		object("v1", "Service", "shop", "web", map[string]any{"spec": map[string]any{"selector": map[string]any{"app": "web"}}}),
		object("apps/v1", "Deployment", "shop", "web", map[string]any{
			"spec": map[string]any{"replicas": 2, "selector": map[string]any{"matchLabels": map[string]any{"app": "web"}}},
		}),
		pod("database-0", "database", []any{map[string]any{"name": "postgres", "image": "postgres:18"}}, running("postgres")),
		pod("web-0", "web", []any{
			map[string]any{"name": "app", "image": "web:1"}, map[string]any{"name": "proxy", "image": "envoy:1"},
		}, running("app"), running("proxy")),
		pod("web-1", "web", []any{map[string]any{
			"name": "app", "image": "web:1", "env": []any{map[string]any{
				"name": "DB", "valueFrom": map[string]any{"configMapKeyRef": map[string]any{"name": "shop-config", "key": "db"}},
			}},
		}}, map[string]any{
			"name": "app", "ready": false, "restartCount": 0, "image": "web:1", "imageID": "",
			"state": map[string]any{"waiting": map[string]any{
				"reason": "CreateContainerConfigError", "message": `configmap "shop-config" not found`,
			}},
		}),
	}
}

func object(version, kind, namespace, name string, rest map[string]any) unstructured.Unstructured {
	metadata := map[string]any{
		"name": name, "uid": strings.ToLower(kind) + "-" + name, "creationTimestamp": "2026-05-04T12:00:00Z", "resourceVersion": "1",
	}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	fields := map[string]any{"apiVersion": version, "kind": kind, "metadata": metadata}
	for name, value := range rest {
		fields[name] = value
	}
	return unstructured.Unstructured{Object: fields}
}

// pod is a pod on the Node, ready if all of its containers are.
func pod(name, app string, containers []any, statuses ...map[string]any) unstructured.Unstructured {
	all, ready, phase := []any{}, "True", "Running"
	for _, status := range statuses {
		all = append(all, status)
		if status["ready"] != true {
			ready, phase = "False", "Pending"
		}
	}
	made := object("v1", "Pod", "shop", name, map[string]any{
		"spec": map[string]any{"nodeName": "node1", "containers": containers},
		"status": map[string]any{
			"phase": phase, "containerStatuses": all, "startTime": "2026-05-04T12:00:00Z", "podIP": "10.0.0.7",
			"conditions": []any{
				map[string]any{"type": "PodScheduled", "status": "True"},
				map[string]any{"type": "Ready", "status": ready, "lastTransitionTime": "2026-05-04T12:00:10Z"},
			},
		},
	})
	made.SetLabels(map[string]string{"app": app})
	return made
}

func running(container string) map[string]any {
	return map[string]any{
		"name": container, "ready": true, "restartCount": 0, "image": "x", "imageID": "x",
		"state": map[string]any{"running": map[string]any{"startedAt": "2026-05-04T12:00:05Z"}},
	}
}
