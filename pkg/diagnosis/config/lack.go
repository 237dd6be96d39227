package config

import (
	"regexp"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// lack is a ConfigMap or Secret, or a key of it, that the kubelet did not find.
type lack struct {
	kind, name string
	// keys are empty when the whole object was not found.
	keys []string
	// container is the one that it keeps from starting; a volume keeps all of them.
	container string
	proof     diagnosis.Evidence
	// places are those of the spec that need it.
	places []reference
}

var (
	// An object (apimachinery pkg/api/errors, NewNotFound; old servers gave the resource its plural).
	objectLacks = regexp.MustCompile(`\b(configmap|secret)s? "([^"]+)" not found`)
	// A key read to the environment (kubernetes pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables).
	keyLacks = regexp.MustCompile(`couldn't find key (\S+) in (ConfigMap|Secret) [^\s/]+/([-.a-z0-9]+)`)
	// A key read to a volume (kubernetes pkg/volume/configmap and pkg/volume/secret, MakePayload). The object has no name.
	itemLacks = regexp.MustCompile(`references non-existent (config|secret) key: ([-._a-zA-Z0-9]+)`)
	// The volume that is told of (kubernetes pkg/volume/util/operationexecutor).
	failedVolume = regexp.MustCompile(`^MountVolume\.SetUp failed for volume "([^"]+)"`)
)

// youth is how long a pod is left alone: what it needs is often made right after it.
const youth = 10 * time.Second

// lacks returns what the kubelet did not find. For the environment the container's status says it; for volumes an event.
func lacks(c *diagnosis.Case) []lack {
	all := references(c)
	var found []lack
	own := map[string][]reference{}
	for _, r := range all {
		own[r.container] = append(own[r.container], r)
	}
	for _, container := range c.Containers {
		waiting := container.Waiting()
		if waiting == nil || waiting.Reason != "CreateContainerConfigError" {
			continue
		}
		for _, l := range lacksIn(waiting.Message, own[container.Name()]) {
			l.container, l.proof = container.Name(), diagnosis.StateOf(container)
			found = append(found, l)
		}
	}
	if !mountingVolumes(c) {
		return found
	}
	events := c.Events("FailedMount")
	if events.State == casefile.Denied || events.State == casefile.Failed {
		return append(found, unheard(c, all)...)
	}
	return append(found, inEvents(events.Value, all)...)
}

// lacksIn reads the words of the kubelet; the references are those which it may be speaking of.
func lacksIn(text string, among []reference) []lack {
	var found []lack
	add := func(kind, name string, keys ...string) {
		found = append(found, lack{kind: kind, name: name, keys: keys, places: needing(among, kind, name, keys)})
	}
	for _, match := range objectLacks.FindAllStringSubmatch(text, -1) {
		add(kindOf(match[1]), match[2])
	}
	for _, match := range keyLacks.FindAllStringSubmatch(text, -1) {
		add(match[2], match[3], match[1])
	}
	for _, match := range itemLacks.FindAllStringSubmatch(text, -1) {
		var names []string
		for _, r := range among {
			if r.kind == kindOf(match[1]) && slices.Contains(r.keys, match[2]) && !slices.Contains(names, r.name) {
				names = append(names, r.name)
				add(r.kind, r.name, match[2])
			}
		}
	}
	return found
}

func kindOf(word string) string {
	if strings.HasPrefix(word, "config") {
		return configMap
	}
	return secret
}

// needing returns the references to an object, or to any of some of its keys.
func needing(among []reference, kind, name string, keys []string) []reference {
	var found []reference
	for _, r := range among {
		wanted := len(keys) == 0 || slices.ContainsFunc(r.keys, func(key string) bool { return slices.Contains(keys, key) })
		if r.kind == kind && r.name == name && wanted {
			found = append(found, r)
		}
	}
	return found
}

// merged puts together what is told twice, or key by key.
func merged(all []lack) []lack {
	type same struct {
		kind, name, container string
		whole                 bool
	}
	var found []lack
	first := map[same]int{}
	for _, l := range all {
		key := same{l.kind, l.name, l.container, len(l.keys) == 0}
		at, told := first[key]
		if !told {
			first[key] = len(found)
			found = append(found, l)
			continue
		}
		for _, key := range l.keys {
			if !slices.Contains(found[at].keys, key) {
				found[at].keys = append(slices.Clone(found[at].keys), key)
			}
		}
		for _, place := range l.places {
			if !slices.ContainsFunc(found[at].places, func(r reference) bool { return r.place == place.place }) {
				found[at].places = append(slices.Clone(found[at].places), place)
			}
		}
	}
	return found
}

// inEvents reads the newest event of each volume: what an older one says may have been mended.
func inEvents(events []corev1.Event, all []reference) []lack {
	newest := map[string]*corev1.Event{}
	var volumes []string
	for i := range events {
		match := failedVolume.FindStringSubmatch(events[i].Message)
		if match == nil {
			continue
		}
		if newest[match[1]] == nil {
			volumes = append(volumes, match[1])
		}
		newest[match[1]] = &events[i]
	}
	of := map[string][]reference{}
	for _, r := range all {
		of[r.volume] = append(of[r.volume], r)
	}
	var found []lack
	for _, volume := range volumes {
		for _, l := range lacksIn(newest[volume].Message, of[volume]) {
			l.proof = diagnosis.EventOf(newest[volume])
			found = append(found, l)
		}
	}
	return found
}

// mountingVolumes reports whether a pod may be held up by its volumes: the kubelet mounts all of them before it makes the
// sandbox, and so before any container (kubernetes pkg/kubelet/kubelet.go, SyncPod).
func mountingVolumes(c *diagnosis.Case) bool {
	if c.Pod.Spec.NodeName == "" || c.Pod.DeletionTimestamp != nil || c.Since(c.Pod.CreationTimestamp) < youth {
		return false
	}
	for _, condition := range c.Pod.Status.Conditions {
		if condition.Type == corev1.PodReadyToStartContainers && condition.Status == corev1.ConditionTrue {
			return false
		}
	}
	creating := func(container podstate.Container) bool {
		waiting := container.Waiting()
		return waiting != nil && (waiting.Reason == "ContainerCreating" || waiting.Reason == "PodInitializing")
	}
	running := func(container podstate.Container) bool { return container.Running() != nil }
	return slices.ContainsFunc(c.Containers, creating) && !slices.ContainsFunc(c.Containers, running)
}
