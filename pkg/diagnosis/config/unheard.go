package config

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// ownVolume begins the name of the volume that the API server adds to each pod for its token. Its ConfigMap is made with
// the namespace (kubernetes plugin/pkg/admission/serviceaccount).
const ownVolume = "kube-api-access-"

// unheard finds what volumes lack when the events of a pod that is being created may not be read: what they need and the
// cluster does not have is in the way, whatever the kubelet says of it.
func unheard(c *diagnosis.Case, all []reference) []lack {
	var found []lack
	for _, r := range all {
		if r.volume == "" || strings.HasPrefix(r.volume, ownVolume) {
			continue
		}
		proof := diagnosis.StateOf(c.Containers[0])
		if existence(c, r.kind, r.name) == casefile.Absent {
			found = append(found, lack{kind: r.kind, name: r.name, proof: proof, places: needing(all, r.kind, r.name, nil)})
			continue
		}
		if r.kind != configMap {
			continue
		}
		for _, key := range r.keys {
			if stored(c.ConfigMap(r.name), key) == nowhere {
				found = append(found, lack{kind: r.kind, name: r.name, keys: []string{key}, proof: proof, places: []reference{r}})
			}
		}
	}
	return found
}

// existence is Known when an object is there, and Absent when it is not.
func existence(c *diagnosis.Case, kind, name string) casefile.State {
	if kind == configMap {
		return c.ConfigMap(name).State
	}
	return c.Secret(name).State
}
