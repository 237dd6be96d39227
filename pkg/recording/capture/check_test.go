package capture

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// TestNoCheckLeavesTheApp: behind the API server's proxy such a path could reach another one of the API's.
func TestNoCheckLeavesTheApp(t *testing.T) {
	for path, want := range map[string]bool{"/healthz": true, "": true, "/../../../secrets": false, "..": false, "/%2e%2e/x": false} {
		probe := &corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: path, Port: intstr.FromInt32(80)}}}
		if one, ok := probeCheck(probe, nil); ok != want {
			t.Errorf("%q: %v %v", path, one, ok)
		}
		probe.HTTPGet.Host = "elsewhere.example"
		if one, ok := probeCheck(probe, nil); ok {
			t.Errorf("%q of another host: %v", path, one)
		}
	}
}
