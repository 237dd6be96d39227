package recording

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// kinds are the built-in kinds that are found in files of objects: which have no discovery. Cluster-wide ones are marked *.
const kinds = `
v1 Pod pods po
v1 Event events ev
v1 Service services svc
v1 Endpoints endpoints ep
v1 ConfigMap configmaps cm
v1 Secret secrets
v1 ServiceAccount serviceaccounts sa
v1 PersistentVolumeClaim persistentvolumeclaims pvc
v1 *PersistentVolume persistentvolumes pv
v1 *Node nodes no
v1 *Namespace namespaces ns
v1 ReplicationController replicationcontrollers rc
v1 ResourceQuota resourcequotas quota
v1 LimitRange limitranges limits
apps/v1 Deployment deployments deploy
apps/v1 ReplicaSet replicasets rs
apps/v1 StatefulSet statefulsets sts
apps/v1 DaemonSet daemonsets ds
apps/v1 ControllerRevision controllerrevisions
batch/v1 Job jobs
batch/v1 CronJob cronjobs cj
autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers hpa
autoscaling/v1 HorizontalPodAutoscaler horizontalpodautoscalers hpa
policy/v1 PodDisruptionBudget poddisruptionbudgets pdb
networking.k8s.io/v1 Ingress ingresses ing
networking.k8s.io/v1 NetworkPolicy networkpolicies netpol
discovery.k8s.io/v1 EndpointSlice endpointslices
storage.k8s.io/v1 *StorageClass storageclasses sc
scheduling.k8s.io/v1 *PriorityClass priorityclasses pc
`

// inAll are the resources that `kubectl get all` means.
const inAll = " pods services replicationcontrollers deployments replicasets statefulsets daemonsets jobs cronjobs horizontalpodautoscalers "

// kindNamed is the resource of a built-in kind.
func (p *plain) kindNamed(version, kind string) (Resource, bool) {
	for _, resource := range p.builtIn {
		if resource.Kind == kind && resource.GVR().GroupVersion().String() == version {
			return resource, true
		}
	}
	return Resource{}, false
}

// BuiltIn are the resources of all built-in kinds, the newest version first: what every server has, whether it says so or
// not.
func BuiltIn() []Resource {
	var all []Resource
	for line := range strings.Lines(kinds) {
		words := strings.Fields(line)
		if len(words) < 3 {
			continue
		}
		kind, cluster := strings.CutPrefix(words[1], "*")
		resource, err := resourceFor(words[0], kind, words[2], !cluster)
		if err != nil {
			continue // A test parses them all.
		}
		resource.ShortNames = words[3:]
		if strings.Contains(inAll, " "+words[2]+" ") {
			resource.Categories = []string{"all"}
		}
		all = append(all, resource)
	}
	return all
}

// guess is the resource of a kind that is not built in.
func guess(version, kind string, namespaced bool) (Resource, error) {
	parsed, err := schema.ParseGroupVersion(version)
	if err != nil {
		return Resource{}, damaged{"an object", err}
	}
	plural, _ := meta.UnsafeGuessKindToResource(parsed.WithKind(kind))
	return resourceFor(version, kind, plural.Resource, namespaced)
}

func resourceFor(version, kind, plural string, namespaced bool) (Resource, error) {
	parsed, err := schema.ParseGroupVersion(version)
	if err != nil {
		return Resource{}, damaged{"an object", err}
	}
	resource := Resource{
		Group: parsed.Group, Version: parsed.Version, Name: plural, Singular: strings.ToLower(kind), Kind: kind,
		Namespaced: namespaced, Verbs: []string{"get", "list", "watch"},
	}
	if kind == "Pod" {
		resource.Subresources = []Subresource{{Name: "log", Kind: kind, Verbs: []string{"get"}}}
	}
	return resource, nil
}
