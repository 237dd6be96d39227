package repertoire

import (
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// Whatever runs in a container needs consent, by whatever name it is called.
func TestExecConsent(t *testing.T) {
	for command, looks := range map[string]bool{
		"env":                          true,
		"hostname":                     true,
		"ls -l /app":                   true,
		"cat /etc/resolv.conf":         true,
		"cat /proc/1/status /sys/x":    true,
		"env sh -c reboot":             false,
		"hostname other":               false,
		"date -s 2020-01-01":           false,
		"cat":                          false,
		"cat /proc/1/environ":          false,
		"cat /etc/../root/.ssh/id_rsa": false,
		"cat /etc/shadow":              false,
		"cat /etc/hosts /app/key":      false,
		"/tmp/ls":                      false,
		"sh -c env":                    false,
		"rm -rf /":                     false,
	} {
		if got := execConsent(map[string]string{"command": command}); got != workflow.Active {
			t.Errorf("%q: got %s, want %s", command, got, workflow.Active)
		}
		if got := onlyLooks(strings.Fields(command)); got != looks {
			t.Errorf("%q only looks: got %v, want %v", command, got, looks)
		}
	}
	if got := execConsent(map[string]string{"command": " "}); got != workflow.ReadOnly || onlyLooks(nil) {
		t.Errorf("no command: got %s, want %s", got, workflow.ReadOnly)
	}
	if got := execConsent(map[string]string{"probe": "yes"}); got != workflow.Active {
		t.Errorf("a probe's command: got %s, want %s", got, workflow.Active)
	}
	if got := listenersAction().Consent(nil); got != workflow.Active {
		t.Errorf("listeners: got %s, want %s", got, workflow.Active)
	}
}
