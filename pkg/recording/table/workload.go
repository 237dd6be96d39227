package table

import (
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/duration"
)

// workloadPrinters print what owns pods.
func workloadPrinters() map[string]Printer {
	return map[string]Printer{
		"deployments.apps": printer("Name Ready Up-to-date Available Age Containers* Images* Selector*", func(d *appsv1.Deployment, now time.Time) []any {
			names, images := containers(d.Spec.Template.Spec)
			return []any{
				d.Name, fmt.Sprintf("%d/%d", d.Status.ReadyReplicas, value(d.Spec.Replicas, 1)), d.Status.UpdatedReplicas,
				d.Status.AvailableReplicas, age(d.CreationTimestamp, now), names, images, metav1.FormatLabelSelector(d.Spec.Selector),
			}
		}),
		"replicasets.apps": printer("Name Desired Current Ready Age Containers* Images* Selector*", func(s *appsv1.ReplicaSet, now time.Time) []any {
			names, images := containers(s.Spec.Template.Spec)
			return []any{
				s.Name, value(s.Spec.Replicas, 1), s.Status.Replicas, s.Status.ReadyReplicas, age(s.CreationTimestamp, now),
				names, images, metav1.FormatLabelSelector(s.Spec.Selector),
			}
		}),
		"replicationcontrollers": printer("Name Desired Current Ready Age", func(c *corev1.ReplicationController, now time.Time) []any {
			return []any{c.Name, value(c.Spec.Replicas, 1), c.Status.Replicas, c.Status.ReadyReplicas, age(c.CreationTimestamp, now)}
		}),
		"statefulsets.apps": printer("Name Ready Age Containers* Images*", func(s *appsv1.StatefulSet, now time.Time) []any {
			names, images := containers(s.Spec.Template.Spec)
			return []any{
				s.Name, fmt.Sprintf("%d/%d", s.Status.ReadyReplicas, value(s.Spec.Replicas, 1)), age(s.CreationTimestamp, now), names, images,
			}
		}),
		"daemonsets.apps": printer("Name Desired Current Ready Up-to-date Available Node_Selector Age Containers* Images* Selector*", func(d *appsv1.DaemonSet, now time.Time) []any {
			names, images := containers(d.Spec.Template.Spec)
			s := d.Status
			return []any{
				d.Name, s.DesiredNumberScheduled, s.CurrentNumberScheduled, s.NumberReady, s.UpdatedNumberScheduled, s.NumberAvailable,
				labelText(d.Spec.Template.Spec.NodeSelector), age(d.CreationTimestamp, now), names, images, metav1.FormatLabelSelector(d.Spec.Selector),
			}
		}),
		"controllerrevisions.apps": printer("Name Controller Revision Age", func(r *appsv1.ControllerRevision, now time.Time) []any {
			owner := none
			if c := metav1.GetControllerOf(r); c != nil {
				owner = ownerText(c)
			}
			return []any{r.Name, owner, r.Revision, age(r.CreationTimestamp, now)}
		}),
		"jobs.batch": printer("Name Status Completions Duration Age Containers* Images* Selector*", job),
		"cronjobs.batch": printer("Name Schedule Timezone Suspend Active Last_Schedule Age Containers* Images* Selector*", func(c *batchv1.CronJob, now time.Time) []any {
			names, images := containers(c.Spec.JobTemplate.Spec.Template.Spec)
			last := none
			if c.Status.LastScheduleTime != nil {
				last = age(*c.Status.LastScheduleTime, now)
			}
			suspended := "False"
			if c.Spec.Suspend != nil && *c.Spec.Suspend {
				suspended = "True"
			}
			zone := none
			if c.Spec.TimeZone != nil {
				zone = *c.Spec.TimeZone
			}
			return []any{
				c.Name, c.Spec.Schedule, zone, suspended, len(c.Status.Active), last, age(c.CreationTimestamp, now),
				names, images, metav1.FormatLabelSelector(c.Spec.JobTemplate.Spec.Selector),
			}
		}),
	}
}

func job(j *batchv1.Job, now time.Time) []any {
	names, images := containers(j.Spec.Template.Spec)
	completions := fmt.Sprintf("%d/1", j.Status.Succeeded)
	if j.Spec.Completions != nil {
		completions = fmt.Sprintf("%d/%d", j.Status.Succeeded, *j.Spec.Completions)
	} else if parallel := value(j.Spec.Parallelism, 0); parallel > 1 {
		completions = fmt.Sprintf("%d/1 of %d", j.Status.Succeeded, parallel)
	}
	took := ""
	if j.Status.StartTime != nil {
		end := now
		if j.Status.CompletionTime != nil {
			end = j.Status.CompletionTime.Time
		}
		took = duration.HumanDuration(end.Sub(j.Status.StartTime.Time))
	}
	return []any{
		j.Name, jobStatus(j), completions, took, age(j.CreationTimestamp, now), names, images, metav1.FormatLabelSelector(j.Spec.Selector),
	}
}

func jobStatus(j *batchv1.Job) string {
	has := func(kind batchv1.JobConditionType) bool {
		for _, condition := range j.Status.Conditions {
			if condition.Type == kind && condition.Status == corev1.ConditionTrue {
				return true
			}
		}
		return false
	}
	switch {
	case has(batchv1.JobComplete):
		return "Complete"
	case has(batchv1.JobFailed):
		return "Failed"
	case j.DeletionTimestamp != nil:
		return "Terminating"
	case has(batchv1.JobSuspended):
		return "Suspended"
	case has(batchv1.JobFailureTarget):
		return "FailureTarget"
	case has(batchv1.JobSuccessCriteriaMet):
		return "SuccessCriteriaMet"
	}
	return "Running"
}

func containers(spec corev1.PodSpec) (names, images string) {
	var all, from []string
	for i := range spec.Containers {
		all, from = append(all, spec.Containers[i].Name), append(from, spec.Containers[i].Image)
	}
	return join(all), join(from)
}

func value(number *int32, absent int32) int32 {
	if number == nil {
		return absent
	}
	return *number
}
