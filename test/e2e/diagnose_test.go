//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

// diagnosis is what these tests read of `diagnose -o json`.
type diagnosis struct {
	Summary struct {
		Targets  int `json:"targets"`
		Failing  int `json:"failing"`
		Requests int `json:"requests"`
	} `json:"summary"`
	Targets []struct {
		Object struct {
			Name string `json:"name"`
		} `json:"object"`
		Verdict   string `json:"verdict"`
		RootCause *struct {
			ID string `json:"id"`
		} `json:"rootCause"`
	} `json:"targets"`
	Unknowns []unknown `json:"unknowns"`
}

type unknown struct {
	Resource string `json:"resource"`
}

// diagnose returns what is found, and root the cause of each pod by its name.
func diagnose(t *testing.T, args ...string) (found diagnosis, root map[string]string) {
	t.Helper()
	text := podkit(t, append([]string{"diagnose", "-o", "json"}, args...)...).ok(t)
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	root = map[string]string{}
	for _, target := range found.Targets {
		root[target.Object.Name] = ""
		if target.RootCause != nil {
			root[target.Object.Name] = target.RootCause.ID
		}
	}
	return found, root
}

// Requests are what a diagnosis costs a cluster: a handful for one pod, and hardly more for forty.
func TestDiagnoseCostsAHandfulOfRequests(t *testing.T) {
	lab(t, "an image that is on its nodes")
	ns := namespace(t, "requests")
	apply(t, ns, `
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 40
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - {name: app, image: "busybox:1.36", imagePullPolicy: Never, command: [sh, -c, "echo 'FATAL: environment variable ORDERS_DSN is not set'; exit 1"]}
`)
	var found diagnosis
	eventually(t, "40 pods that fail for one reason", func() error {
		var root map[string]string
		found, root = diagnose(t, "-n", ns)
		for pod, id := range root {
			if id != "log-missing-env" {
				return waiting("%s has %q", pod, id)
			}
		}
		if found.Summary.Failing != 40 {
			return waiting("%d of %d pods fail", found.Summary.Failing, found.Summary.Targets)
		}
		return nil
	})
	t.Logf("40 pods: %d requests", found.Summary.Requests)
	if found.Summary.Requests > 12 {
		t.Errorf("40 pods cost %d requests, want 12 at most", found.Summary.Requests)
	}
	for _, name := range []string{found.Targets[0].Object.Name, found.Targets[39].Object.Name} {
		eventually(t, "the cause of "+name+", asked for alone", func() error {
			alone, root := diagnose(t, "-n", ns, name)
			t.Logf("one pod: %d requests", alone.Summary.Requests)
			if alone.Summary.Requests > 8 {
				t.Errorf("%s cost %d requests, want 8 at most", name, alone.Summary.Requests)
			}
			if root[name] != "log-missing-env" { // It may just have died again, and taken the log away.
				return waiting("%s has %q", name, root[name])
			}
			return nil
		})
	}
}

// A user who may see pods and nothing else still gets every cause that status alone decides, and is told what could not
// be read.
func TestDiagnoseForAViewerOfPods(t *testing.T) {
	lab(t, "the gallery's images")
	ns := namespace(t, "viewer")
	want := map[string]string{
		"oom-killed": "oom-killed", "image-never-pull": "image-never-pull", "configmap-missing": "configmap-missing",
		"run-as-non-root": "run-as-non-root", "app-exit": "app-exit", "command-not-found": "command-not-found", "init-failed": "init-failed",
	}
	for id := range want {
		kubectl(t, "apply", "-n", ns, "-f", fmt.Sprintf("../../deploy/gallery/%s.yaml", id))
	}
	apply(t, ns, `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: pods-only}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: pods-only}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pods-only}
subjects: [{kind: User, name: viewer, apiGroup: rbac.authorization.k8s.io}]
`)
	eventually(t, "the viewer to see every cause", func() error {
		found, root := diagnose(t, "-n", ns, "--as", "viewer")
		for pod, id := range want {
			if root[pod] != id {
				return waiting("%s has %q, want %q", pod, root[pod], id)
			}
		}
		for _, resource := range []string{"events", "pods/log", "configmaps"} {
			told := slices.ContainsFunc(found.Unknowns, func(u unknown) bool { return u.Resource == resource })
			if !told {
				return waiting("nobody is told that %s could not be read", resource)
			}
		}
		return nil
	})
}
