package debug

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// pick lets the reader choose what to look at when the command line does not say. It reports whether the run goes on: the
// end of the input ends it.
func (o *Options) pick(ctx context.Context, asker prompt.Asker) (onward bool, err error) {
	if _, nobody := asker.(prompt.Nobody); nobody || o.Resumed != nil || len(o.Spec.Names) > 0 || o.Spec.Labels != "" || o.Spec.Fields != "" {
		return true, nil
	}
	id, err := asker.Pick(ctx, prompt.Picker{
		Title: o.Messages.Text("prompt.pick.title"), Context: o.Context, Namespace: o.Spec.Namespace,
		Load: o.listing, Namespaces: o.namespaces,
	})
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil || id == "" {
		return id != "" || err == nil, err
	}
	fmt.Fprintln(o.Streams.Out) // Between what was picked and the run.
	o.Spec = pickedSpec(id)
	return true, nil
}

// pickedSpec reads the id of a row: NAMESPACE/, NAMESPACE/POD or NAMESPACE/TYPE/NAME; all namespaces have no name.
func pickedSpec(id string) target.Spec {
	namespace, name, _ := strings.Cut(id, "/")
	spec := target.Spec{Namespace: namespace}
	if resource, owner, isOwner := strings.Cut(name, "/"); isOwner {
		spec.Names = []target.Name{{Resource: resource, Name: owner}}
	} else if name != "" {
		spec.Names = []target.Name{{Name: name}}
	}
	return spec
}

// listing reads the pods of a namespace with one LIST, as get does.
func (o *Options) listing(ctx context.Context, namespace string) (prompt.Listing, error) {
	pods, err := o.Cluster.Pods(ctx, casefile.Query{Namespace: namespace}).Get()
	if err != nil {
		return prompt.Listing{}, err
	}
	now := o.Now()
	targets := diagnosis.Glance(pods, now, causes.All())
	diagnosis.SortTargets(targets)
	return listing(targets, namespace, now, o.Messages), nil
}

// namespaces reads the names of all namespaces.
func (o *Options) namespaces(ctx context.Context) ([]string, error) {
	kind := metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"}
	found, err := o.Cluster.Metadata(ctx, kind, casefile.Query{}).Get()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(found))
	for i := range found {
		names[i] = found[i].Name
	}
	slices.Sort(names)
	return names, nil
}
