package logs

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// missingEnv holds the name of the variable against the spec: it is not there (and maybe a similar one is), it is there
// and empty, or it comes from something optional that may not exist.
func missingEnv(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	name := arg(found, "Name")
	if name == "" {
		found.Evidence = append(found.Evidence, namesOf(from, name))
		found.Remedies = append(found.Remedies, c.EditWorkload())
		return
	}
	if found.Args["Property"] != nil {
		found.Form = "property"
	}
	if at := slices.IndexFunc(from.Spec.Env, func(v corev1.EnvVar) bool { return v.Name == name }); at >= 0 {
		setInSpec(from, found, &from.Spec.Env[at])
	} else {
		evidence := namesOf(from, name)
		found.Args["Nearest"] = evidence.Args["Nearest"]
		found.Evidence = append(found.Evidence, evidence)
	}
	found.Remedies = append(found.Remedies, setEnv(c, from, name))
}

// setInSpec tells of a variable that the spec names.
func setInSpec(from source, found *diagnosis.Finding, variable *corev1.EnvVar) {
	field, value := "env["+variable.Name+"]", "value: "+variable.Value
	switch optional := optionalSource(variable.ValueFrom); {
	case optional != "":
		// That it is absent is a guess: nobody has looked.
		found.Form, found.Args["From"], found.Confidence = "optional", optional, min(found.Confidence, diagnosis.Likely)
		field, value = field+".valueFrom", optional+" (optional)"
	case variable.ValueFrom == nil && variable.Value == "":
		found.Form, value = "empty", `value: ""`
	default:
		found.Form, found.Confidence = "present", diagnosis.Possible
		if variable.ValueFrom != nil {
			field, value = field+".valueFrom", ""
		}
	}
	found.Evidence = append(found.Evidence, diagnosis.SpecOf(from.Container, field, value))
}

// optionalSource names what an optional variable comes from. The kubelet leaves the variable out when that is absent
// (pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables).
func optionalSource(from *corev1.EnvVarSource) string {
	switch {
	case from == nil:
	case from.ConfigMapKeyRef != nil && from.ConfigMapKeyRef.Optional != nil && *from.ConfigMapKeyRef.Optional:
		return "key " + from.ConfigMapKeyRef.Key + " of ConfigMap " + from.ConfigMapKeyRef.Name
	case from.SecretKeyRef != nil && from.SecretKeyRef.Optional != nil && *from.SecretKeyRef.Optional:
		return "key " + from.SecretKeyRef.Key + " of Secret " + from.SecretKeyRef.Name
	}
	return ""
}

// namesOf tells which variables the spec has instead. The values are nobody's business.
func namesOf(from source, missing string) diagnosis.Evidence {
	var names, sources []string
	for _, variable := range from.Spec.Env {
		names = append(names, variable.Name)
	}
	for _, all := range from.Spec.EnvFrom {
		switch {
		case all.ConfigMapRef != nil:
			sources = append(sources, "ConfigMap "+all.ConfigMapRef.Name)
		case all.SecretRef != nil:
			sources = append(sources, "Secret "+all.SecretRef.Name)
		}
	}
	args := message.Args{
		"Container": from.Name(), "Names": strings.Join(names, ", "), "From": strings.Join(sources, ", "), "Name": missing,
		"Nearest": diagnosis.Nearest(missing, names),
	}
	evidence := diagnosis.SpecOf(from.Container, "env", "")
	evidence.Says, evidence.Args = "evidence.log-env-names", args
	return evidence
}

// settable are the workloads whose pods follow when a variable of their template is set: of a Job the template can't be
// changed, and a ReplicaSet does not replace its pods.
var settable = []string{"Deployment", "StatefulSet", "DaemonSet", "CronJob"}

func setEnv(c *diagnosis.Case, from source, name string) diagnosis.Remedy {
	workload := c.Workload()
	if !slices.Contains(settable, workload.Kind) {
		return c.EditWorkload()
	}
	set := c.Change("remedy.log-set-env", message.Args{"Workload": workload.String(), "Name": name}, "set env %s", workload.String())
	if len(c.Containers) > 1 {
		set.Command = set.Command.With("-c %s", from.Name())
	}
	set.Command = set.Command.With("%s=%s", name, shellword.Placeholder("value"))
	return set
}
