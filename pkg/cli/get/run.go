package get

import (
	"context"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Cluster is what get reads.
type Cluster interface {
	target.PodReader
	RawPods(context.Context, casefile.Query) casefile.Answer[[]unstructured.Unstructured]
	WatchPods(ctx context.Context, query casefile.Query, revision string) (watch.Interface, error)
}

// Options are what get was asked to do.
type Options struct {
	Spec      target.Spec
	Unhealthy bool
	// List prints what is there; Watch goes on with what changes.
	List, Watch bool
	// Printer prints objects untouched; nil means the table.
	Printer printers.ResourcePrinter

	Cluster  Cluster
	Messages *message.Catalog
	Streams  genericiooptions.IOStreams
	Terminal report.Terminal
	Now      func() time.Time

	table printers.PrintOptions
	// rows is where the table goes: one header, however often rows follow.
	rows *report.TableWriter
}

// Run lists, then watches, as asked.
func (o *Options) Run(ctx context.Context) error {
	selections, err := o.Spec.Resolve(ctx, o.Cluster)
	if err != nil {
		return err
	}
	o.rows = report.NewTableWriter(o.Streams.Out, o.table, o.Terminal)
	if o.Watch {
		return o.watch(ctx, selections)
	}
	if o.Printer != nil {
		return o.printRaw(ctx, selections)
	}
	pods, _, err := o.read(ctx, selections)
	if err != nil {
		return err
	}
	return o.printTable(pods)
}

// read returns the pods of all selections, each once, and the revision of each selection's read.
func (o *Options) read(ctx context.Context, selections []target.Selection) ([]corev1.Pod, []string, error) {
	var all []corev1.Pod
	revisions := make([]string, 0, len(selections))
	for _, selection := range selections {
		answer := target.Read(ctx, o.Cluster, selection)
		pods, err := answer.Get()
		if err != nil {
			return nil, nil, err
		}
		all = append(all, pods...)
		revisions = append(revisions, answer.Revision)
	}
	return target.Distinct(all), revisions, nil
}

func (o *Options) printTable(pods []corev1.Pod) error {
	now := o.Now()
	targets := slices.DeleteFunc(diagnosis.Glance(pods, now, causes.All()), o.passedOver)
	if len(targets) == 0 {
		return o.sayNone(len(pods))
	}
	diagnosis.SortTargets(targets)
	if err := o.rows.Print(report.PodTable(targets, now, o.Messages)); err != nil {
		return err
	}
	return diagnosis.Broken(targets)
}

// passedOver reports whether --unhealthy leaves a pod out: it is well, or on its way.
func (o *Options) passedOver(target diagnosis.Target) bool {
	return o.Unhealthy && (target.Verdict == diagnosis.Healthy || target.Verdict == diagnosis.Progressing)
}

// sayNone tells on stderr, as kubectl does, that nothing was listed.
func (o *Options) sayNone(listed int) error {
	id := "get.none"
	if listed > 0 {
		id = "get.none-unhealthy"
	}
	_, err := fmt.Fprintln(o.Streams.ErrOut, o.Messages.Text(id, message.Args{"Namespace": o.Spec.Namespace, "Count": listed}))
	return err
}

// printRaw prints the objects as the server sent them, in its order: a single named pod as itself, anything else as a
// List, as kubectl does.
func (o *Options) printRaw(ctx context.Context, selections []target.Selection) error {
	var items []unstructured.Unstructured
	for _, selection := range selections {
		answer := o.Cluster.RawPods(ctx, selection.Query)
		if answer.State == casefile.Absent {
			return target.Misnamed(o.Cluster, selection, answer.Err)
		}
		if answer.Err != nil {
			return answer.Err
		}
		items = append(items, answer.Value...)
	}
	items = target.Distinct(items)
	if o.Unhealthy {
		var err error
		if items, err = o.onlyUnhealthy(items); err != nil {
			return err
		}
	}
	alone := len(selections) == 1 && len(selections[0].Names) == 1
	return o.Printer.PrintObj(report.Untouched(items, alone), o.Streams.Out)
}

func (o *Options) onlyUnhealthy(items []unstructured.Unstructured) ([]unstructured.Unstructured, error) {
	now := o.Now()
	var kept []unstructured.Unstructured
	for i := range items {
		pod, err := typed(&items[i])
		if err != nil {
			return nil, err
		}
		if !o.passedOver(diagnosis.Glance([]corev1.Pod{*pod}, now, causes.All())[0]) {
			kept = append(kept, items[i])
		}
	}
	return kept, nil
}

func typed(object *unstructured.Unstructured) (*corev1.Pod, error) {
	pod := &corev1.Pod{}
	err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, pod)
	if err != nil {
		return nil, fmt.Errorf("reading pod %q as the server sent it: %w", object.GetName(), err)
	}
	return pod, nil
}
