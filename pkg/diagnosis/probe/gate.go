package probe

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// setter is a controller that sets conditions of a prefix, and where its log is usually found.
type setter struct {
	prefix, name    string
	namespace, logs string
}

// setters are the controllers whose gates are known.
var setters = []setter{
	{"target-health.elbv2.k8s.aws/", "AWS Load Balancer Controller", "kube-system", "deploy/aws-load-balancer-controller"},
	{"target-health.alb.ingress.k8s.aws/", "AWS ALB Ingress Controller", "kube-system", "deploy/alb-ingress-controller"},
	{"cloud.google.com/load-balancer-neg-ready", "GKE NEG controller", "", ""},
	{"InPlaceUpdateReady", "OpenKruise", "kruise-system", "deploy/kruise-controller-manager"},
	{"KruisePodReady", "OpenKruise", "kruise-system", "deploy/kruise-controller-manager"},
}

// unmetGates finds the readiness gates that keep a pod from being ready whose containers all are. A gate that is young is
// left to its controller.
func unmetGates(k *diagnosis.Case) []diagnosis.Finding {
	state := podstate.Why(k.Pod, k.Now())
	if state.ID != "why.readiness-gate" || state.Severity != podstate.Unhealthy || !observed(k.Pod) {
		return nil
	}
	var unmet []string
	var proof []diagnosis.Evidence
	for _, gate := range k.Pod.Spec.ReadinessGates {
		name := string(gate.ConditionType)
		if condition := conditionOf(k.Pod, name); condition.Status != corev1.ConditionTrue {
			unmet = append(unmet, name)
			proof = append(proof, conditionProof(condition, name))
		}
	}
	if len(unmet) == 0 {
		return nil
	}
	first := conditionOf(k.Pod, unmet[0])
	form, controller := known(unmet[0])
	return []diagnosis.Finding{{
		ID: "readiness-gate-unmet", Confidence: diagnosis.Certain, Form: form, Evidence: proof,
		Args: message.Args{
			"Gate": unmet[0], "Rest": strings.Join(unmet[1:], ", "), "Status": string(first.Status),
			"Message": short(first.Message), "Controller": controller.name,
		},
		Remedies: gateRemedies(k, unmet[0], controller),
	}}
}

// known returns who sets a gate's condition: by its prefix, else the controller that owns its domain.
func known(gate string) (form string, controller setter) {
	at := slices.IndexFunc(setters, func(s setter) bool { return strings.HasPrefix(gate, s.prefix) })
	if at >= 0 {
		return "", setters[at]
	}
	domain, _, found := strings.Cut(gate, "/")
	if !found {
		return "unnamed", setter{}
	}
	return "domain", setter{name: domain}
}

// conditionOf returns a pod's condition; it is empty when nobody has set it.
func conditionOf(pod *corev1.Pod, name string) corev1.PodCondition {
	at := slices.IndexFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool { return string(c.Type) == name })
	if at < 0 {
		return corev1.PodCondition{}
	}
	return pod.Status.Conditions[at]
}

func conditionProof(condition corev1.PodCondition, name string) diagnosis.Evidence {
	evidence := diagnosis.Evidence{Source: diagnosis.Status, Field: "status.conditions[" + name + "]"}
	if condition.Status == "" {
		evidence.Says = "evidence.condition-absent"
		return evidence
	}
	evidence.Value, evidence.At = string(condition.Status), condition.LastTransitionTime.Time
	for _, more := range []string{condition.Reason, condition.Message} {
		if more != "" {
			evidence.Value += ": " + more
		}
	}
	return evidence
}

func gateRemedies(k *diagnosis.Case, gate string, controller setter) []diagnosis.Remedy {
	var remedies []diagnosis.Remedy
	if controller.logs != "" {
		remedies = append(remedies, diagnosis.Remedy{
			ID: "remedy.gate-log", Args: message.Args{"Controller": controller.name}, Effect: diagnosis.ReadOnly,
			Command: shellword.New("kubectl -n %s logs %s --tail=50", controller.namespace, controller.logs),
		})
	}
	look := k.Look("remedy.gate-conditions", nil, "get pod %s -o yaml", k.Pod.Name)
	drop := k.EditWorkload()
	drop.ID, drop.Args = "remedy.gate-drop", message.Args{"Gate": gate}
	return append(remedies, look, drop)
}
