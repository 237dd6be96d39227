package podstate_test

import (
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

func TestDeath(t *testing.T) {
	tests := map[string]corev1.ContainerStateTerminated{
		"exit 0":                      {Reason: "Completed"},
		"exit 1":                      {Reason: "Error", ExitCode: 1},
		"exit 3":                      {ExitCode: 3},
		"exit 128":                    {Reason: "Error", ExitCode: 128},
		"exit 137 (SIGKILL)":          {Reason: "Error", ExitCode: 137},
		"exit 143 (SIGTERM)":          {Reason: "Error", ExitCode: 143},
		"exit 134 (SIGABRT)":          {ExitCode: 134},
		"exit 2 (SIGINT)":             {ExitCode: 2, Signal: 2},
		"exit 160":                    {Reason: "Error", ExitCode: 160}, // 128 + 32 is no signal that has a name.
		"exit 255":                    {Reason: "Error", ExitCode: 255},
		"exit 145":                    {Reason: "Error", ExitCode: 145}, // Nobody is ended by SIGSTKFLT and its like.
		"OOMKilled":                   {Reason: "OOMKilled", ExitCode: 137, Message: "whatever the app wrote"},
		"DeadlineExceeded":            {Reason: "DeadlineExceeded", ExitCode: 137},
		"StartError: exec: not found": {Reason: "StartError", ExitCode: 128, Message: "exec:\n  not found"},
	}
	for want, died := range tests {
		if got := podstate.Death(&died); got != want {
			t.Errorf("%+v: got %q, want %q", died, got, want)
		}
	}
}

func TestSignal(t *testing.T) {
	tests := []struct {
		died   corev1.ContainerStateTerminated
		number int32
		name   string
	}{
		{corev1.ContainerStateTerminated{ExitCode: 0}, 0, ""},
		{corev1.ContainerStateTerminated{ExitCode: 128}, 0, ""},
		{corev1.ContainerStateTerminated{ExitCode: 129}, 1, "SIGHUP"},
		{corev1.ContainerStateTerminated{ExitCode: 137}, 9, "SIGKILL"},
		{corev1.ContainerStateTerminated{ExitCode: 159}, 31, ""},
		{corev1.ContainerStateTerminated{ExitCode: 160}, 0, ""},
		{corev1.ContainerStateTerminated{ExitCode: 137, Signal: 15}, 15, "SIGTERM"}, // The runtime's own word counts.
	}
	for _, test := range tests {
		if number, name := podstate.Signal(&test.died); number != test.number || name != test.name {
			t.Errorf("%+v: got %d %q, want %d %q", test.died, number, name, test.number, test.name)
		}
	}
}
