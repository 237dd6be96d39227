package report

import (
	"slices"

	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// recapture is how a recording comes by what it lacks: the command that captures the targets anew for which something was
// not read. There is none when nothing lacks, or when it is a cluster that was read.
func recapture(found *diagnosis.Diagnosis) []diagnosis.Remedy {
	var pods []types.NamespacedName
	recorded, rights := false, false
	for i := range found.Unknowns {
		unknown := &found.Unknowns[i]
		switch sentenceOf(unknown) {
		case "recording.forbidden":
			recorded, rights = true, true
		case "recording.not-recorded", "recording.failed":
			recorded = true
		default:
			continue
		}
		pods = append(pods, unknown.Pods...)
	}
	if !recorded {
		return nil
	}
	targets := slices.DeleteFunc(slices.Clone(found.Targets), func(t diagnosis.Target) bool { return !slices.Contains(pods, diagnosis.NameOf(t.Pod)) })
	return []diagnosis.Remedy{{
		ID: "diagnose.capture", Args: message.Args{"Rights": rights}, Effect: diagnosis.ReadOnly, Command: namedBy(targets, shellword.New("kubectl podkit capture")).With("-o %s", shellword.Placeholder("file")),
	}}
}

// namedBy names targets to a command: their workload if it is one, else their namespace, else -A.
func namedBy(targets []diagnosis.Target, command shellword.Command) shellword.Command {
	if len(targets) == 0 || len(namespaces(targets)) > 1 {
		return command.With("-A")
	}
	first := &targets[0]
	command = command.With("-n %s", first.Pod.Namespace)
	if slices.ContainsFunc(targets, func(t diagnosis.Target) bool { return t.Workload != first.Workload }) {
		return command
	}
	if first.Workload.Bare() {
		return command.With("%s", first.Pod.Name)
	}
	return command.With("%s", first.Workload.String())
}
