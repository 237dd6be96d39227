package repertoire

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Kubectl makes the commands that do the same by hand, so that they can be pasted and mean the same cluster and namespace.
type Kubectl struct {
	// Name is how kubectl is called.
	Name string
	// Flags are the connection flags that podkit was given, such as --context and its value.
	Flags []string
	// Home is the namespace that kubectl looks in by itself; lines about another one name it. Empty names it always.
	Home string
}

// command makes a command of the words behind kubectl, as shellword.New does, with the flags that a namespace and the
// connection need.
func (k Kubectl) command(namespace string, format shellword.Own, values ...any) shellword.Command {
	return k.about(namespace, shellword.New("kubectl").With(format, values...))
}

// about adds the flags that a namespace and the connection need to a command of kubectl's.
func (k Kubectl) about(namespace string, command shellword.Command) shellword.Command {
	return command.Typed(k.flags(namespace)...).Called(k.Name)
}

// flags are what a command about a namespace needs.
func (k Kubectl) flags(namespace string) []string {
	if namespace == "" || namespace == k.Home {
		return k.Flags
	}
	return append([]string{"-n", namespace}, k.Flags...)
}

// listed is what a step shows of commands without a note.
func listed(commands ...shellword.Command) []report.Command {
	var all []report.Command
	for _, command := range commands {
		all = append(all, report.Command{Command: command})
	}
	return all
}

// inContainer adds -c and the container, where kubectl would not take the right one by itself.
func inContainer(subject *Subject, command shellword.Command) shellword.Command {
	if name := otherContainer(subject); name != nil {
		return command.With("-c %s", *name)
	}
	return command
}

// podName is the variable that export sets, which shows in each line where the name goes.
const podName = "POD_NAME"

// export keeps a pod's name for the lines after it.
func export(pod *corev1.Pod) shellword.Command {
	return shellword.New("export "+podName+"=%s", pod.Name)
}

// named is the pod of the lines after export. One whose name cannot be exported, or is a path, is named itself, so that what is
// refused of the one line is refused of the others.
func named(pod *corev1.Pod) shellword.Word {
	if _, refusal := export(pod).Line(); refusal != "" || strings.HasPrefix(pod.Name, "-") || shellword.HasDotSegments(pod.Name) {
		return shellword.Path(pod.Name)
	}
	return shellword.Variable(podName)
}
