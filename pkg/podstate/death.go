package podstate

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

// signals names those that end containers (signal(7); the numbers are those of x86 and ARM, on which containers run).
var signals = map[int32]string{
	1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
	11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ",
}

// Signal returns the number and name of the signal that ended a container, or 0 when none did: the runtime's own word,
// else an exit code above 128, which is 128 + the signal by the convention of shells and container runtimes.
func Signal(died *corev1.ContainerStateTerminated) (int32, string) {
	number := died.Signal
	if number == 0 && died.ExitCode > 128 && died.ExitCode < 160 {
		number = died.ExitCode - 128
	}
	return number, signals[number]
}

// Death says in a word how a container ended: "OOMKilled", "exit 1", "exit 137 (SIGKILL)". The reasons Error and
// Completed say no more than the exit code does, so they are left out. 137 is called OOM only when the status says so.
func Death(died *corev1.ContainerStateTerminated) string {
	switch died.Reason {
	case "", "Error", "Completed":
	default:
		if died.Message != "" && died.Reason != "OOMKilled" {
			return short(died.Reason + ": " + died.Message)
		}
		return died.Reason
	}
	if _, name := Signal(died); name != "" {
		return fmt.Sprintf("exit %d (%s)", died.ExitCode, name)
	}
	return fmt.Sprintf("exit %d", died.ExitCode)
}

// deathOf is Death, with the memory limit of a container that the kernel's OOM killer ended. The limit is named as a
// fact, not as the cause: the killer also comes when the node runs out of memory.
func deathOf(pod *corev1.Pod, status *corev1.ContainerStatus, died *corev1.ContainerStateTerminated) string {
	death := Death(died)
	spec := specOf(pod, status.Name)
	if died.Reason != "OOMKilled" || spec == nil {
		return death
	}
	if limit, ok := spec.Resources.Limits[corev1.ResourceMemory]; ok {
		return fmt.Sprintf("%s (memory limit %s)", death, limit.String())
	}
	return death
}
