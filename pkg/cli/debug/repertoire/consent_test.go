package repertoire

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

func TestExecConsent(t *testing.T) {
	for command, want := range map[string]workflow.Consent{
		"env":                          workflow.ReadOnly,
		"hostname":                     workflow.ReadOnly,
		"ls -l /app":                   workflow.ReadOnly,
		"cat /etc/resolv.conf":         workflow.ReadOnly,
		"cat /proc/1/status /sys/x":    workflow.ReadOnly,
		"":                             workflow.ReadOnly,
		"env sh -c reboot":             workflow.Active,
		"hostname other":               workflow.Active,
		"date -s 2020-01-01":           workflow.Active,
		"cat":                          workflow.Active,
		"cat /proc/1/environ":          workflow.Active,
		"cat /etc/../root/.ssh/id_rsa": workflow.Active,
		"cat /etc/shadow":              workflow.Active,
		"cat /etc/hosts /app/key":      workflow.Active,
		"/tmp/ls":                      workflow.Active,
		"sh -c env":                    workflow.Active,
		"rm -rf /":                     workflow.Active,
	} {
		if got := execConsent(map[string]string{"command": command}); got != want {
			t.Errorf("%q: got %s, want %s", command, got, want)
		}
	}
}
