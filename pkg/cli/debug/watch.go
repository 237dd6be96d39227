package debug

import (
	"context"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// watch looks again and again until every pod of the target is healthy, and returns an error when that does not come to
// be in time. It reads the pods' status alone; those that are being deleted do not count.
func (o *Options) watch(ctx context.Context, g *guide) error {
	seconds := max(int(o.Timeout.Seconds()), 1)
	deadline := time.NewTimer(o.Timeout)
	defer deadline.Stop()
	again := time.NewTicker(max(o.Look, time.Millisecond))
	defer again.Stop()
	told := ""
	for {
		state, kind, err := o.trouble(ctx, g)
		if err != nil {
			return err
		}
		if state == "" {
			g.tell(func(t teller) { t.Say(o.Messages.Text("debug.watched")) })
			return g.save(true)
		}
		if kind != told {
			told = kind
			o.tell(report.Escape(o.Messages.Text("debug.watching", message.Args{"Seconds": seconds, "State": state})))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return message.Errorf(nil, "debug.watch-ended", message.Args{"Seconds": seconds, "State": state})
		case <-again.C:
		}
	}
}

// trouble is how the pod does that is worst off, "" when all are healthy; kind is the same without the times in it.
func (o *Options) trouble(ctx context.Context, g *guide) (state, kind string, err error) {
	pods, err := target.Pods(ctx, o.Cluster, o.Spec)
	if err != nil {
		return "", "", err
	}
	pods = slices.DeleteFunc(pods, func(pod corev1.Pod) bool { return pod.DeletionTimestamp != nil })
	if len(pods) == 0 {
		return o.Messages.Text("debug.no-pods-yet"), "no pods", nil
	}
	now := o.Now()
	targets := diagnosis.Glance(pods, now, causes.All())
	diagnosis.SortTargets(targets)
	if targets[0].Verdict == diagnosis.Healthy {
		return "", "", nil
	}
	worst := &targets[0]
	return report.Conclude(worst, now, o.Messages, g.tools.Kubectl.Name).Verdict, fmt.Sprint(worst.Pod.UID, worst.Verdict, worst.State.ID), nil
}
