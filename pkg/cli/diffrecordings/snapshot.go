package diffrecordings

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/connection"
)

// open reads a recording and diagnoses all of its pods, as on a cluster.
func open(ctx context.Context, files input.Files, path string) (difference.Snapshot, error) {
	recorded, err := recording.Open(ctx, files, path, limits())
	if err != nil {
		return difference.Snapshot{}, err
	}
	snapshot := difference.Snapshot{Name: path, TakenAt: recorded.Header.TakenAt, Covers: covers(recorded)}
	if snapshot.Objects, err = objects(recorded); err != nil {
		return difference.Snapshot{}, fmt.Errorf("reading %s: %w", path, err)
	}
	pods, err := pods(recorded)
	if err != nil {
		return difference.Snapshot{}, fmt.Errorf("reading %s: %w", path, err)
	}
	reader, err := cluster.New(connection.New(recorded, ""), io.Discard)
	if err != nil {
		return difference.Snapshot{}, err
	}
	snapshot.Found = diagnosis.Diagnose(ctx, reader, casefile.New(pods, snapshot.TakenAt), causes.All())
	return snapshot, ctx.Err()
}

// limits are those of one of two recordings, whose objects are decoded besides.
func limits() recording.Limits {
	limits := recording.DefaultLimits()
	limits.Memory /= 2
	return limits
}

func objects(recorded *recording.Recording) ([]unstructured.Unstructured, error) {
	var all []unstructured.Unstructured
	for _, resource := range recorded.Resources {
		for _, object := range recorded.Objects(resource.GVR()) {
			read := unstructured.Unstructured{}
			if err := json.Unmarshal(object.Raw, &read.Object); err != nil {
				return nil, fmt.Errorf("%s %s/%s: %w", resource.Kind, object.Namespace, object.Name, err)
			}
			all = append(all, read)
		}
	}
	return all, nil
}

func pods(recorded *recording.Recording) ([]corev1.Pod, error) {
	var all []corev1.Pod
	for _, object := range recorded.Objects(schema.GroupVersionResource{Version: "v1", Resource: "pods"}) {
		pod := corev1.Pod{}
		if err := json.Unmarshal(object.Raw, &pod); err != nil {
			return nil, fmt.Errorf("pod %s/%s: %w", object.Namespace, object.Name, err)
		}
		all = append(all, pod)
	}
	return all, nil
}

// covers tells what a recording holds for complete: what a list without selectors was read to its end of.
func covers(recorded *recording.Recording) func(metav1.TypeMeta, string) bool {
	return func(kind metav1.TypeMeta, namespace string) bool {
		of := schema.FromAPIVersionAndKind(kind.APIVersion, kind.Kind)
		return slices.ContainsFunc(recorded.Listings(), func(l recording.Listing) bool {
			resource, known := recorded.Resource(schema.GroupVersionResource{Group: l.Group, Version: l.Version, Resource: l.Resource})
			return known && l.Labels == "" && l.Fields == "" && l.Group == of.Group && resource.Kind == of.Kind &&
				(l.Namespace == "" || l.Namespace == namespace)
		})
	}
}
