package repertoire

import (
	"regexp"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// environment is what a pod's specification says of a container's environment variables.
type environment struct {
	// plain are those that it sets to a value itself, with this value; HOSTNAME is the pod's name.
	plain map[string]string
	// foreign are those whose values come from elsewhere, of a Secret say.
	foreign map[string]bool
	// from are the container's envFrom and the sources of its variables.
	from    []corev1.EnvFromSource
	sourced []*corev1.EnvVarSource
}

// reference is $(NAME) in a value, for which the kubelet puts the value of NAME (k8s.io/kubernetes
// third_party/forked/golang/expansion). $$(NAME) is taken for one as well, which masks too much rather than too little.
var reference = regexp.MustCompile(`\$\([^)]*\)`)

// environmentOf reads the variables of a container; of one that the pod has not, nothing is known.
func environmentOf(pod *corev1.Pod, container string) environment {
	e := environment{plain: map[string]string{"HOSTNAME": pod.Name}, foreign: map[string]bool{}}
	for _, of := range allContainers(pod) {
		if of.Name != container {
			continue
		}
		e.from = of.EnvFrom
		for _, variable := range of.Env {
			switch {
			case variable.ValueFrom != nil:
				e.foreign[variable.Name] = true
				e.sourced = append(e.sourced, variable.ValueFrom)
			case reference.MatchString(variable.Value):
				e.foreign[variable.Name] = true
			default:
				e.plain[variable.Name] = variable.Value
			}
		}
	}
	for name := range e.foreign { // One that is set twice is plain only if it is each time.
		delete(e.plain, name)
	}
	return e
}

// allContainers are all containers of a pod, those for debugging among them.
func allContainers(pod *corev1.Pod) []*corev1.Container {
	var all []*corev1.Container
	for _, container := range podstate.Containers(pod) {
		all = append(all, container.Spec)
	}
	for i := range pod.Spec.EphemeralContainers {
		container := corev1.Container(pod.Spec.EphemeralContainers[i].EphemeralContainerCommon)
		all = append(all, &container)
	}
	return all
}

// shows returns what may be shown of a variable that was found with a value: the value, if the specification sets it to just
// that and its name does not look like that of a secret.
func (e environment) shows(name, value string) (shown string, ok bool) {
	plain, known := e.plain[name]
	if !known || plain != value || secretName.MatchString(name) || begins.MatchString(value) {
		return hidden, false
	}
	return userInfo.ReplaceAllString(value, "${1}"+hidden+"@"), true
}

// names reports whether the specification names a variable.
func (e environment) names(name string) bool {
	_, plain := e.plain[name]
	return plain || e.foreign[name]
}

// sources are the names of the Secrets and the ConfigMaps that values come from, sorted.
func (e environment) sources() (secrets, configMaps []string) {
	for _, from := range e.from {
		if from.SecretRef != nil {
			secrets = append(secrets, from.SecretRef.Name)
		}
		if from.ConfigMapRef != nil {
			configMaps = append(configMaps, from.ConfigMapRef.Name)
		}
	}
	for _, from := range e.sourced {
		if from.SecretKeyRef != nil {
			secrets = append(secrets, from.SecretKeyRef.Name)
		}
		if from.ConfigMapKeyRef != nil {
			configMaps = append(configMaps, from.ConfigMapKeyRef.Name)
		}
	}
	slices.Sort(secrets)
	slices.Sort(configMaps)
	return slices.Compact(secrets), slices.Compact(configMaps)
}
