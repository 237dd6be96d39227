package access

import "slices"

// Command is what a command asks of a cluster beyond what every user may: its version, its list of resources, and the
// reviews of one's own rights.
type Command struct {
	Name  string
	Needs []Need
}

// Commands lists every command that asks a cluster for more than its version. To find what a new command or rule needs, run
// go test ./test/rights: it says which lines are missing here, and which are here for nothing.
func Commands() []Command {
	return []Command{
		{"diagnose", slices.Concat(chosen(), surroundings())},
		{"debug", slices.Concat(chosen(), surroundings(), climbing("get"), running(Helpful), walking())},
		{"get", slices.Concat(chosen(), []Need{{Right{"watch", "", "pods"}, There, Helpful, "access.lost-watch"}})},
		{"describe", slices.Concat(chosen(), surroundings(), climbing("get", "list"))},
		{"nodes", []Need{
			{Right{"get", "", "nodes"}, Everywhere, Either, "access.lost-node-named"},
			{Right{"list", "", "nodes"}, Everywhere, Either, "access.lost-nodes"},
			{Right{"list", "", "pods"}, Everywhere, Helpful, "access.lost-requested"},
		}},
		{"logs", slices.Concat(chosen(), []Need{{Right{"get", "", "pods/log"}, There, Vital, "access.lost-log"}})},
		{"exec", slices.Concat(chosen(), running(Vital))},
		{"curl", slices.Concat(addressed(), []Need{
			{Right{"get", "", "pods/proxy"}, There, Vital, "access.lost-app"},
			{Right{"create", "", "pods/proxy"}, There, Helpful, "access.lost-post"},
			{Right{"update", "", "pods/proxy"}, There, Helpful, "access.lost-put"},
			{Right{"patch", "", "pods/proxy"}, There, Helpful, "access.lost-patch"},
			{Right{"delete", "", "pods/proxy"}, There, Helpful, "access.lost-delete"},
		})},
		{"proxy", []Need{{Right{"get", "", "pods/proxy"}, There, Helpful, "access.lost-proxied"}}},
		{"capture", recorded()},
		{"completion", chosen()},
		{"doctor", []Need{
			{Right{"list", "", "pods"}, There, Helpful, "access.lost-trial"},
			{Right{"list", "", "events"}, There, Helpful, "access.lost-trial"},
			{Right{"list", "", "nodes"}, Everywhere, Helpful, "access.lost-trial"},
		}},
	}
}

// chosen is what it takes to find the pods that a user names.
func chosen() []Need {
	return append(addressed(), Need{Right{"get", "", "nodes"}, Everywhere, Helpful, "access.lost-node-as-owner"})
}

// addressed is chosen for curl, which asks no pods of a Node.
func addressed() []Need {
	needs := []Need{
		{Right{"get", "", "pods"}, There, Either, "access.lost-pod-named"},
		{Right{"list", "", "pods"}, There, Either, "access.lost-pods"},
		{Right{"list", "batch", "jobs"}, There, Helpful, "access.lost-cronjob-as-owner"},
	}
	for _, kind := range append(workloads(), Right{Resource: "services"}) {
		needs = append(needs, Need{Right{"get", kind.Group, kind.Resource}, There, Helpful, "access.lost-owner-named"})
	}
	return needs
}

// workloads are the built-in kinds that own pods. Custom ones can be named and climbed to as well; who has them grants
// them.
func workloads() []Right {
	return []Right{
		{Group: "apps", Resource: "daemonsets"},
		{Group: "apps", Resource: "deployments"},
		{Group: "apps", Resource: "replicasets"},
		{Group: "apps", Resource: "statefulsets"},
		{Group: "batch", Resource: "cronjobs"},
		{Group: "batch", Resource: "jobs"},
		{Resource: "replicationcontrollers"},
	}
}

// happened is what happened to pods and where they run.
func happened() []Need {
	return []Need{
		{Right{"list", "", "events"}, There, Helpful, "access.lost-events"},
		{Right{"list", "", "events"}, NodeEvents, Helpful, "access.lost-node-events"},
		{Right{"get", "", "nodes"}, Everywhere, Helpful, "access.lost-node"},
	}
}

// surroundings is what the rules ask for. An object that is named is one GET, and several of a kind are one LIST.
func surroundings() []Need {
	needs := happened()
	for _, asked := range []struct{ group, resource, lost string }{
		{"apps", "replicasets", "access.lost-owner"},
		{"batch", "jobs", "access.lost-owner"},
		{"", "configmaps", "access.lost-configmaps"},
		{"", "secrets", "access.lost-secrets"},
		{"", "serviceaccounts", "access.lost-serviceaccounts"},
	} {
		needs = append(
			needs,
			Need{Right{"get", asked.group, asked.resource}, There, Helpful, asked.lost},
			Need{Right{"list", asked.group, asked.resource}, There, Helpful, asked.lost},
		)
	}
	return append(
		needs,
		Need{Right{"list", "", "nodes"}, Everywhere, Helpful, "access.lost-node"},
		Need{Right{"list", "", "services"}, There, Helpful, "access.lost-services"},
		Need{Right{"get", "", "pods/log"}, There, Helpful, "access.lost-last-words"},
	)
}

// climbing is what it takes to climb from pods to what made them: from one pod with GETs alone.
func climbing(verbs ...string) []Need {
	var needs []Need
	for _, kind := range workloads() {
		for _, verb := range verbs {
			needs = append(needs, Need{Right{verb, kind.Group, kind.Resource}, There, Helpful, "access.lost-owner"})
		}
	}
	return needs
}

// running is what it takes to run something in a container. kubectl's executor tries a WebSocket first, which is a GET, and
// SPDY then, which is a POST; servers from 1.35 on want the right to create for both.
func running(weight Weight) []Need {
	return []Need{
		{Right{"create", "", "pods/exec"}, There, weight, "access.lost-exec"},
		{Right{"get", "", "pods/exec"}, There, Helpful, "access.lost-websocket"},
	}
}

// walking is what the picker and the steps of guided runs ask for, beside a diagnosis and a program in a container.
func walking() []Need {
	return []Need{
		{Right{"get", "", "pods/log"}, There, Helpful, "access.lost-log-step"},
		{Right{"get", "", "pods/proxy"}, There, Helpful, "access.lost-curl-step"},
		{Right{"list", "", "services"}, There, Helpful, "access.lost-service-step"},
		{Right{"list", "discovery.k8s.io", "endpointslices"}, There, Helpful, "access.lost-slices-step"},
		{Right{"get", "", "services/proxy"}, There, Helpful, "access.lost-service-curl-step"},
		{Right{"get", "", "persistentvolumeclaims"}, There, Helpful, "access.lost-claims-step"},
		{Right{"list", "", "persistentvolumeclaims"}, There, Helpful, "access.lost-claims-step"},
		{Right{"list", "apps", "deployments"}, There, Helpful, "access.lost-owner"},
		{Right{"list", "apps", "statefulsets"}, There, Helpful, "access.lost-owner"},
		{Right{"list", "", "nodes"}, Everywhere, Helpful, "access.lost-nodes-step"},
		{Right{"list", "", "pods"}, Everywhere, Helpful, "access.lost-requested"},
		{Right{"list", "", "namespaces"}, Everywhere, Helpful, "access.lost-namespaces"},
	}
}
