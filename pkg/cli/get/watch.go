package get

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/watch"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// watch lists, then prints a row or an object for every change until it is interrupted.
func (o *Options) watch(ctx context.Context, selections []target.Selection) error {
	pods, revisions, err := o.read(ctx, selections)
	if err != nil {
		return err
	}
	if o.List {
		if err := o.startWatch(ctx, pods, selections); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	changes := make(chan *unstructured.Unstructured)
	for i, selection := range selections {
		group.Go(func() error { return o.follow(ctx, selection, revisions[i], changes) })
	}
	group.Go(func() error { return o.printChanges(ctx, changes) })
	return group.Wait()
}

// startWatch prints what is there before the first change.
func (o *Options) startWatch(ctx context.Context, pods []corev1.Pod, selections []target.Selection) error {
	if o.Printer != nil {
		return o.printRaw(ctx, selections)
	}
	if len(pods) == 0 {
		return nil
	}
	return o.printTable(pods)
}

// follow sends the changes of one selection.
func (o *Options) follow(ctx context.Context, selection target.Selection, revision string, changes chan<- *unstructured.Unstructured) error {
	watcher, err := o.Cluster.WatchPods(ctx, selection.Query, revision)
	if err != nil {
		return err
	}
	defer watcher.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case event, open := <-watcher.ResultChan():
			if !open {
				return ctx.Err()
			}
			if event.Type == watch.Error {
				return apierrors.FromObject(event.Object)
			}
			object, ok := event.Object.(*unstructured.Unstructured)
			if !ok || len(selection.Names) > 0 && !slices.Contains(selection.Names, object.GetName()) {
				continue
			}
			select {
			case changes <- object:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

func (o *Options) printChanges(ctx context.Context, changes <-chan *unstructured.Unstructured) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case object := <-changes:
			if err := o.printChange(object); err != nil {
				return err
			}
		}
	}
}

func (o *Options) printChange(object *unstructured.Unstructured) error {
	pod, err := typed(object)
	if err != nil {
		return err
	}
	now := o.Now()
	targets := diagnosis.Glance([]corev1.Pod{*pod}, now, causes.All())
	if o.passedOver(targets[0]) {
		return nil
	}
	if o.Printer != nil {
		return o.Printer.PrintObj(object, o.Streams.Out)
	}
	return o.rows.Print(report.PodTable(targets, now, o.Messages))
}
