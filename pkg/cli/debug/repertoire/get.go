package repertoire

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/duration"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// tableLines is how many lines of a table are shown.
const tableLines = 15

// get lists what the step names: nodes, configmaps, secrets; else the pods.
func (t Tools) get(ctx context.Context, subject *Subject, with map[string]string) Result {
	switch what := with["what"]; {
	case what == "" || what == "pods":
		return t.pods(ctx, subject)
	case subject.Pod == nil:
		return Result{Err: t.NoPods(subject)}
	case what == "nodes":
		return t.nodes(ctx, subject, with["wide"] != "")
	case what == "configmaps":
		return t.names(ctx, subject, "ConfigMap")
	case what == "secrets":
		return t.names(ctx, subject, "Secret")
	default:
		return Result{Err: fmt.Errorf("listing: what: %q is none of pods, nodes, configmaps, secrets; correct it in the workflow", what)}
	}
}

// pods lists the pods that were asked for, once one runs or none is on its way any more, and takes one for the run.
func (t Tools) pods(ctx context.Context, subject *Subject) Result {
	began := t.Now()
	found, err := t.await(ctx, subject)
	if err != nil {
		return Result{Err: err}
	}
	if len(found.pods) == 0 {
		return Result{Err: t.NoPods(subject)}
	}
	taken := followed(subject, found.pods)
	if _, err := action.Choose(taken, subject.Container); err != nil {
		return Result{Err: err}
	}
	subject.Pod = taken
	result := Result{
		Commands: t.getCommands(subject, found.selections),
		Facts:    []string{"one-pod"},
		Args:     message.Args{"Pods": len(found.pods), "Waited": ""},
	}
	if len(found.pods) > 1 {
		result.Facts = []string{"several-pods"}
	}
	if found.looks > 1 {
		result.Facts = append(result.Facts, "waited")
		result.Args["Waited"] = duration.HumanDuration(t.Now().Sub(began))
	}
	table := report.PodTable(diagnosis.Glance(found.pods, t.Now(), causes.All()), t.Now(), t.Messages)
	if withoutWhy(table) {
		table.ColumnDefinitions = table.ColumnDefinitions[:len(table.ColumnDefinitions)-1]
	} else {
		result.Facts = append(result.Facts, "why")
	}
	var text bytes.Buffer
	options := printers.PrintOptions{WithNamespace: subject.Spec.Namespace == ""}
	if err := report.PrintTable(&text, table, options, report.Terminal{}); err != nil {
		return Result{Err: err}
	}
	return t.firstLines(result, text.String(), tableLines, result.Commands[0].Command)
}

// followed is the pod that the run follows already, if it is there still, else the one that kubectl would take.
func followed(subject *Subject, pods []corev1.Pod) *corev1.Pod {
	for i := range pods {
		if subject.Pod != nil && pods[i].UID == subject.Pod.UID {
			return &pods[i]
		}
	}
	return action.Pick(pods)
}

// withoutWhy drops the last cell of each row, podkit's own column, when there is nothing in any of them: the table is
// kubectl's then.
func withoutWhy(table *metav1.Table) bool {
	last := len(table.ColumnDefinitions) - 1
	if slices.ContainsFunc(table.Rows, func(row metav1.TableRow) bool { return row.Cells[last] != "" }) {
		return false
	}
	for i := range table.Rows {
		table.Rows[i].Cells = table.Rows[i].Cells[:last]
	}
	return true
}

// getCommands are the lines that list the same pods, and the one that keeps the name of the pod taken.
func (t Tools) getCommands(subject *Subject, selections []target.Selection) []report.Command {
	var commands []report.Command
	for _, selection := range selections {
		commands = append(commands, report.Command{Command: t.Kubectl.list(selection)})
	}
	return append(commands, report.Command{Note: t.Messages.Text("debug.note.export"), Command: export(subject.Pod)})
}

// list is the command that lists the pods of a selection.
func (k Kubectl) list(selection target.Selection) shellword.Command {
	command := shellword.New("kubectl get pods %s", selection.Names)
	if selection.Labels != "" {
		command = command.With("-l %s", selection.Labels)
	}
	if selection.Fields != "" {
		command = command.With("--field-selector %s", selection.Fields)
	}
	if selection.Namespace == "" {
		command = command.With("-A")
	}
	return k.about(selection.Namespace, command)
}

// listing is what a look at the cluster found.
type listing struct {
	selections []target.Selection
	pods       []corev1.Pod
	looks      int
}

// await looks until a pod is ready, or none is on its way any more, or the patience is at its end.
func (t Tools) await(ctx context.Context, subject *Subject) (listing, error) {
	found := listing{}
	var err error
	if found.selections, err = subject.Spec.Resolve(ctx, t.Cluster); err != nil {
		return found, err
	}
	deadline := time.NewTimer(t.Patience.For)
	defer deadline.Stop()
	again := time.NewTicker(max(t.Patience.Every, time.Millisecond))
	defer again.Stop()
	told := ""
	for {
		found.looks++
		if found.pods, err = t.read(ctx, found.selections); err != nil {
			return found, err
		}
		if slices.ContainsFunc(found.pods, func(pod corev1.Pod) bool { return ready(&pod) }) || !t.hopeful(subject, found.pods) || t.Patience.For <= 0 {
			return found, nil
		}
		if text := t.awaited(found.pods); text != told {
			told = text
			t.Patience.Tell(text)
		}
		select {
		case <-ctx.Done():
			return found, ctx.Err()
		case <-deadline.C:
			return found, nil
		case <-again.C:
		}
	}
}

func (t Tools) read(ctx context.Context, selections []target.Selection) ([]corev1.Pod, error) {
	var all []corev1.Pod
	for _, selection := range selections {
		pods, err := target.Read(ctx, t.Cluster, selection).Get()
		if err != nil {
			return nil, err
		}
		all = append(all, pods...)
	}
	return target.Distinct(all), nil
}
