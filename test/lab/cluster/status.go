package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/node"
	"github.com/kubectl-podkit/podkit/test/lab/process"
)

// What a part's health is called when it needs no explanation.
const (
	healthy = "ok"
	dead    = "dead"
	off     = "off"
)

// Status writes tables of parts and nodes. The error says whether the lab is down, or which parts do not work.
func (l *Lab) Status(ctx context.Context, out io.Writer) error {
	if !l.Exists() {
		return errDown
	}
	if err := CheckMachine(); err != nil {
		return err
	}
	d, err := l.draw()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "PART\tPID\tHEALTH\tLOG")
	var broken []string
	specs, err := l.specs(d)
	if err != nil {
		return err
	}
	for _, spec := range specs {
		pid, health := l.look(ctx, spec)
		if health != healthy {
			broken = append(broken, spec.Name)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", spec.Name, pid, health, l.paths.Log(spec.Name))
	}
	fmt.Fprintln(table)
	nodesErr := l.listNodes(ctx, table)
	if err := table.Flush(); err != nil {
		return fmt.Errorf("writing status: %w", err)
	}
	if len(broken) > 0 {
		return errors.New("these parts do not work: " + strings.Join(broken, ", ") + "; `lab up` starts them again")
	}
	return nodesErr
}

// specs describes all parts, in the order of [Lab.Parts].
func (l *Lab) specs(d design) ([]process.Spec, error) {
	specs := []process.Spec{
		d.plane.Etcd(), d.plane.APIServer(), d.plane.ControllerManager(), d.plane.Scheduler(),
		d.services.Proxy(), d.services.DNS(), l.registriesSpec(nil),
	}
	for _, n := range l.nodes {
		own, err := n.Specs(d.needs)
		if err != nil {
			return nil, err
		}
		specs = append(specs, own...)
	}
	return specs, nil
}

func (l *Lab) look(ctx context.Context, spec process.Spec) (pid, health string) {
	id, alive := l.supervisor.Find(spec.Name)
	if !alive {
		switchedOff := func(n *node.Node) bool { return n.Stopped() && slices.Contains(n.Parts(), spec.Name) }
		if slices.ContainsFunc(l.nodes, switchedOff) {
			return "-", off
		}
		return "-", dead
	}
	pid = fmt.Sprint(id.PID)
	if err := spec.Ready(ctx); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return pid, first
	}
	return pid, healthy
}

// listNodes writes what the API server says of the nodes, and fails if one of them does not take pods.
func (l *Lab) listNodes(ctx context.Context, table io.Writer) error {
	client, err := access.Client(l.paths.Kubeconfig())
	if err != nil {
		return err
	}
	list, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
	if err != nil {
		return fmt.Errorf("listing nodes: %w", err)
	}
	fmt.Fprintln(table, "NODE\tVERSION\tREADY")
	var failed []error
	for i := range list.Items {
		object := &list.Items[i]
		state := "yes"
		if err := node.Usable(object); err != nil {
			state = err.Error()
			failed = append(failed, fmt.Errorf("%s: %w", object.Name, err))
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", object.Name, object.Status.NodeInfo.KubeletVersion, state)
	}
	return errors.Join(failed...)
}
