package crash

import (
	"cmp"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// outlived reports whether the instance ran long enough for a probe to have failed for good: all failures but the first
// need a period each. Where it is not known how long it ran, it may have.
func (d death) outlived(probe *corev1.Probe) bool {
	if probe == nil {
		return false
	}
	lived, known := lifetime(d.died)
	return !known || lived+slack >= budget(probe)-period(probe)
}

// budget is the time that a probe gives a container until it counts as failed.
func budget(probe *corev1.Probe) time.Duration { return podstate.Budget(probe) }

// The defaults are those of the API (pkg/apis/core/v1/defaults.go, SetDefaults_Probe and SetDefaults_PodSpec).
func period(probe *corev1.Probe) time.Duration {
	return time.Duration(cmp.Or(probe.PeriodSeconds, 10)) * time.Second
}

func threshold(probe *corev1.Probe) int32 { return cmp.Or(probe.FailureThreshold, 3) }

// grace is how long the kubelet leaves the container between SIGTERM and SIGKILL after the probe has failed
// (pkg/kubelet/kuberuntime/kuberuntime_container.go, setTerminationGracePeriod).
func (d death) grace(probe *corev1.Probe) time.Duration {
	seconds := d.podGrace
	if probe.TerminationGracePeriodSeconds != nil {
		seconds = *probe.TerminationGracePeriodSeconds
	}
	return time.Duration(seconds) * time.Second
}
