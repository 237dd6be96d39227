package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// policyPrinters print what limits and scales pods.
func policyPrinters() map[string]Printer {
	return map[string]Printer{
		"resourcequotas": printer("Name Request Limit Age", quota),
		"limitranges": printer("Name Created_At", func(l *corev1.LimitRange, _ time.Time) []any {
			return []any{l.Name, l.CreationTimestamp.UTC().Format(time.RFC3339)}
		}),
		"poddisruptionbudgets.policy": printer("Name Min_Available Max_Unavailable Allowed_Disruptions Age", func(b *policyv1.PodDisruptionBudget, now time.Time) []any {
			return []any{b.Name, amount(b.Spec.MinAvailable), amount(b.Spec.MaxUnavailable), b.Status.DisruptionsAllowed, age(b.CreationTimestamp, now)}
		}),
		"horizontalpodautoscalers.autoscaling": printer("Name Reference MinPods MaxPods Replicas Age", func(h *autoscalingv2.HorizontalPodAutoscaler, now time.Time) []any {
			least := unset
			if h.Spec.MinReplicas != nil {
				least = fmt.Sprint(*h.Spec.MinReplicas)
			}
			reference := h.Spec.ScaleTargetRef.Kind + "/" + h.Spec.ScaleTargetRef.Name
			return []any{h.Name, reference, least, h.Spec.MaxReplicas, h.Status.CurrentReplicas, age(h.CreationTimestamp, now)}
		}),
	}
}

func amount(number *intstr.IntOrString) string {
	if number == nil {
		return "N/A"
	}
	return number.String()
}

func quota(q *corev1.ResourceQuota, now time.Time) []any {
	var requests, limits []string
	for _, name := range slices.Sorted(maps.Keys(q.Status.Hard)) {
		used, hard := q.Status.Used[name], q.Status.Hard[name]
		text := fmt.Sprintf("%s: %s/%s", name, used.String(), hard.String())
		if strings.HasPrefix(string(name), "limits") {
			limits = append(limits, text)
		} else {
			requests = append(requests, text)
		}
	}
	return []any{q.Name, strings.Join(requests, ", "), strings.Join(limits, ", "), age(q.CreationTimestamp, now)}
}
