package paste

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// takenAt is when the scenarios are looked at.
var takenAt = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// kinds are what the scenarios hold, by the name of their resource.
var kinds = []recording.Resource{
	{Version: "v1", Name: "pods", Kind: "Pod", Namespaced: true},
	{Version: "v1", Name: "events", Kind: "Event", Namespaced: true},
	{Version: "v1", Name: "nodes", Kind: "Node"},
	{Version: "v1", Name: "namespaces", Kind: "Namespace"},
	{Version: "v1", Name: "services", Kind: "Service", Namespaced: true},
	{Version: "v1", Name: "configmaps", Kind: "ConfigMap", Namespaced: true},
	{Version: "v1", Name: "secrets", Kind: "Secret", Namespaced: true},
	{Version: "v1", Name: "serviceaccounts", Kind: "ServiceAccount", Namespaced: true},
	{Version: "v1", Name: "persistentvolumeclaims", Kind: "PersistentVolumeClaim", Namespaced: true},
	{Group: "apps", Version: "v1", Name: "deployments", Kind: "Deployment", Namespaced: true},
	{Group: "apps", Version: "v1", Name: "replicasets", Kind: "ReplicaSet", Namespaced: true},
	{Group: "apps", Version: "v1", Name: "statefulsets", Kind: "StatefulSet", Namespaced: true},
	{Group: "apps", Version: "v1", Name: "daemonsets", Kind: "DaemonSet", Namespaced: true},
	{Group: "batch", Version: "v1", Name: "jobs", Kind: "Job", Namespaced: true},
	{Group: "batch", Version: "v1", Name: "cronjobs", Kind: "CronJob", Namespaced: true},
	{Group: "discovery.k8s.io", Version: "v1", Name: "endpointslices", Kind: "EndpointSlice", Namespaced: true},
}

// record writes the scenarios to a recording and returns its path.
func record(t *testing.T, all []scenario) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "poisoned.rec")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w, err := recording.NewWriter(file)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range kinds {
		kind.Singular, kind.Verbs = strings.ToLower(kind.Kind), []string{"get", "list", "watch"}
		must(w.Resource(kind))
		seen := map[string]bool{}
		for _, s := range all {
			for _, object := range s.objects {
				if key := object.GetNamespace() + "/" + object.GetName(); object.GetKind() == kind.Kind && !seen[key] {
					seen[key] = true
					raw, err := json.Marshal(object.Object)
					must(err)
					must(w.Object(raw))
				}
			}
		}
		must(w.Listed(recording.Listing{Group: kind.Group, Version: kind.Version, Resource: kind.Name}))
	}
	for _, s := range all {
		for name, text := range s.logs {
			words := strings.Fields(name)
			key := recording.LogKey{Namespace: s.namespace, Pod: words[0], UID: s.uidOf(words[0]), Container: words[1], Previous: len(words) > 2}
			must(w.Log(key, recording.LogTail{Text: text}))
		}
	}
	must(w.Close(recording.Header{TakenAt: takenAt, Namespace: all[0].namespace, Scope: recording.Scope{All: true}}))
	return path
}

func (s *scenario) uidOf(pod string) string {
	for _, object := range s.objects {
		if object.GetKind() == "Pod" && object.GetName() == pod {
			return string(object.GetUID())
		}
	}
	return ""
}

// pods are the names of the pods of the scenarios, with their namespaces.
func pods(all []scenario) [][2]string {
	var found [][2]string
	for _, s := range all {
		for _, object := range s.objects {
			if object.GetKind() == "Pod" {
				found = append(found, [2]string{object.GetNamespace(), object.GetName()})
			}
		}
	}
	return found
}
