package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/kubectl-podkit/podkit/test/lab/controlplane"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/service"
)

// Kubeconfig is the path of the administrator's kubeconfig; the file exists while the lab does.
func (l *Lab) Kubeconfig() string { return l.paths.Kubeconfig() }

// Parts are the names of all parts.
func (l *Lab) Parts() []string {
	parts := append(controlplane.Parts(), service.Parts()...)
	parts = append(parts, Registries)
	for _, n := range l.nodes {
		parts = append(parts, n.Parts()...)
	}
	return parts
}

// Log is the path of a part's log.
func (l *Lab) Log(part string) (string, error) {
	if !slices.Contains(l.Parts(), part) {
		return "", fmt.Errorf("there is no part %q; the parts are %s", part, strings.Join(l.Parts(), ", "))
	}
	return l.paths.Log(part), nil
}

// Report says that the lab is up, and what to call.
func (l *Lab) Report() {
	l.progress.Say("the lab is up; kubectl of its version is %s", l.Kubectl())
}

// Status writes a table of parts, with pids, health and logs. The error says whether the lab is down or which parts do
// not work.
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
	for _, spec := range l.specs(d) {
		pid, health := l.look(ctx, spec)
		if health != healthy {
			broken = append(broken, spec.Name)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", spec.Name, pid, health, l.paths.Log(spec.Name))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("writing status: %w", err)
	}
	if len(broken) > 0 {
		return errors.New("these parts do not work: " + strings.Join(broken, ", ") + "; `lab up` starts them again")
	}
	return l.awaitWhole(ctx)
}

const healthy = "ok"

func (l *Lab) specs(d design) []process.Spec {
	specs := []process.Spec{
		d.plane.Etcd(), d.plane.APIServer(), d.plane.ControllerManager(), d.plane.Scheduler(),
		d.services.Proxy(), d.services.DNS(), l.registriesSpec(nil),
	}
	for _, n := range l.nodes {
		specs = append(specs, n.Specs()...)
	}
	return specs
}

func (l *Lab) look(ctx context.Context, spec process.Spec) (pid, health string) {
	id, alive := l.supervisor.Find(spec.Name)
	if !alive {
		return "-", "dead"
	}
	pid = fmt.Sprint(id.PID)
	if err := spec.Ready(ctx); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return pid, first
	}
	return pid, healthy
}
