package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// TestDiagnosed: podkit finds in the pods of the synthetic cluster what is wrong with their models.
func TestDiagnosed(t *testing.T) {
	for _, pods := range []int{1, 100} {
		path := filepath.Join(t.TempDir(), "cluster.podkit")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := multiply(pods, file); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		var out, errOut bytes.Buffer
		streams := genericiooptions.IOStreams{In: &bytes.Buffer{}, Out: &out, ErrOut: &errOut}
		args := []string{"diagnose", "--recording", path, "-o", asLines}
		if code := cli.Run(context.Background(), args, streams, func(string) string { return "" }); code != 0 {
			t.Fatalf("code %d: %s", code, errOut.String())
		}
		if ill, err := check(pods, out.String()); err != nil || ill == "" {
			t.Errorf("failing is %q, %v", ill, err)
		}
	}
}

// TestCluster: every pod of the copies is one of its own, with an owner, a Node and as many of its like as the owner says.
func TestCluster(t *testing.T) {
	const pods = 230
	made, err := cluster(pods)
	if err != nil {
		t.Fatal(err)
	}
	nodes := names(made.Objects(nodeResource))
	if len(nodes) != 2*3 {
		t.Errorf("%d Nodes", len(nodes))
	}
	uids, owned := map[string]bool{}, map[string]int{}
	for _, object := range made.Objects(podResource) {
		var pod corev1.Pod
		if err := json.Unmarshal(object.Raw, &pod); err != nil {
			t.Fatal(err)
		}
		if !nodes[pod.Spec.NodeName] {
			t.Fatalf("%s is on %q, which is no Node", pod.Name, pod.Spec.NodeName)
		}
		uids[string(pod.UID)] = true
		owned[string(pod.OwnerReferences[0].UID)]++
	}
	if len(uids) != pods {
		t.Errorf("%d pods have %d UIDs", pods, len(uids))
	}
	want := map[string]int{}
	for _, object := range made.Objects(replicaSetResource) {
		var set struct{ Spec struct{ Replicas int } }
		if err := json.Unmarshal(object.Raw, &set); err != nil {
			t.Fatal(err)
		}
		want[object.UID] = set.Spec.Replicas
	}
	if diff := cmp.Diff(want, owned); diff != "" {
		t.Errorf("pods by the UID of their ReplicaSet (-replicas +pods):\n%s", diff)
	}
	if again, err := cluster(pods); err != nil || !cmp.Equal(made.Objects(eventResource), again.Objects(eventResource)) {
		t.Errorf("the same number makes another cluster, %v", err)
	}
}

func names(objects []recording.Object) map[string]bool {
	all := map[string]bool{}
	for _, object := range objects {
		all[object.Name] = true
	}
	return all
}

func TestPlan(t *testing.T) {
	for pods, want := range map[int]int{1: 1, 2: 2, 3: 3, 100: 3, 5000: 100} {
		all, ill := 0, 0
		for _, w := range plan(pods) {
			if w.first != all {
				t.Errorf("%d pods: %s begins with pod %d and not %d", pods, w.name(), w.first, all)
			}
			all += w.pods
			if w.model != healthy {
				ill += w.pods
			}
		}
		if all != pods || ill != want {
			t.Errorf("%d pods became %d, %d failing; want %d", pods, all, ill, want)
		}
	}
}
