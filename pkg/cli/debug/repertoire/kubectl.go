package repertoire

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Kubectl writes the lines that do the same by hand, so that they can be pasted and mean the same cluster and namespace.
type Kubectl struct {
	// Name is how kubectl is called.
	Name string
	// Flags are the connection flags that podkit was given, such as --context and its value.
	Flags []string
	// Home is the namespace that kubectl looks in by itself; lines about another one name it. Empty names it always.
	Home string
}

// quote makes a word safe for a POSIX shell.
func quote(word string) string { return shellword.Quote(word) }

// line joins the words of a command, the flags that a namespace and the connection need, and what comes after them.
// The words are taken as they are; quote those that came from elsewhere.
func (k Kubectl) line(namespace string, words []string, after ...string) string {
	line := k.Name + " " + strings.Join(words, " ") + k.suffix(namespace)
	return strings.Join(append([]string{line}, after...), " ")
}

// suffix is the flags that a command about a namespace needs, each after a space.
func (k Kubectl) suffix(namespace string) string {
	var flags strings.Builder
	if namespace != "" && namespace != k.Home {
		flags.WriteString(" -n " + quote(namespace))
	}
	for _, flag := range k.Flags {
		flags.WriteString(" " + quote(flag))
	}
	return flags.String()
}

// export is the line that keeps a pod's name for the lines after it.
func export(pod *corev1.Pod) report.Command {
	return report.Command{Line: "export POD_NAME=" + quote(pod.Name)}
}
