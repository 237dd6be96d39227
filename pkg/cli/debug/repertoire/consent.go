package repertoire

import (
	"path"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// looking are the programs that only look, whatever their arguments: none of them takes a program to run or a file to
// write. A name alone is looked up in the container's PATH, so this trusts the image as far as its own app does.
func looking() []string { return []string{"printenv", "id", "uname", "ls", "df", "ps"} }

// alone are programs that only look when they get no arguments: with some, env runs a program, date and hostname set what
// they show.
func alone() []string { return []string{"env", "hostname", "date"} }

// readable are the folders whose files cat may show.
func readable() []string { return []string{"/proc/", "/etc/", "/sys/"} }

// execConsent is Active for every command that runs: it needs the right pods/exec, and what it prints was never asked of the
// API.
func execConsent(with map[string]string) workflow.Consent {
	if with["probe"] == "" && len(strings.Fields(with["command"])) == 0 {
		return workflow.ReadOnly // It fails before it reaches the cluster.
	}
	return workflow.Active
}

// onlyLooks reports whether a command is known to change nothing; every other one may do anything that the app may.
func onlyLooks(command []string) bool {
	if len(command) == 0 {
		return false
	}
	program, args := command[0], command[1:]
	return slices.Contains(looking(), program) ||
		slices.Contains(alone(), program) && len(args) == 0 ||
		program == "cat" && len(args) > 0 && !slices.ContainsFunc(args, func(arg string) bool { return !inReadable(arg) })
}

// secretive are the files there that hold secrets, or that change by being read.
func secretive() []string {
	return []string{"environ", "mem", "kcore", "kmsg", "trace_pipe", "shadow", "gshadow"}
}

// inReadable reports whether a file lies in a readable folder and is not one of the secretive ones.
func inReadable(file string) bool {
	return path.Clean(file) == file && !slices.Contains(secretive(), path.Base(file)) &&
		slices.ContainsFunc(readable(), func(folder string) bool { return strings.HasPrefix(file, folder) })
}

// execPlan says what an exec would do.
func (t Tools) execPlan(subject *Subject, with map[string]string) Plan {
	command, own := strings.Fields(with["command"]), false
	if probe, ok := subject.check(); with["probe"] != "" && ok && probe.spec.Exec != nil {
		command, own = probe.spec.Exec.Command, true // The pod's own, which may do anything.
	}
	plan := t.programPlan(subject, command)
	plan.Looks = plan.Looks && !own
	return plan
}

// programPlan says what running a program in the container would do.
func (t Tools) programPlan(subject *Subject, command []string) Plan {
	plan := Plan{
		Touches: t.Messages.Text("consent.exec", message.Args{
			"Command": strings.Join(command, " "), "Container": subject.container(), "Pod": subject.Pod.Name, "Namespace": subject.Pod.Namespace,
		}),
		Rights: []string{"create pods/exec"}, Looks: onlyLooks(command),
	}
	if len(command) > 0 {
		plan.Commands = listed(t.Kubectl.about(subject.Pod.Namespace, inContainer(subject, shellword.New("kubectl exec %s -- %s", subject.Pod.Name, command))))
	}
	return plan
}
