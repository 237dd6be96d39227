package logs

import (
	"regexp"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// unreached is about a peer that refuses or is silent.
func unreached(c *diagnosis.Case, _ source, found *diagnosis.Finding) {
	host := hostOf(arg(found, "Peer"))
	if found.ID == "log-connection-refused" && local(host) {
		found.Form = "local"
		found.Remedies = append(found.Remedies, c.EditWorkload())
		return
	}
	found.Remedies = append(found.Remedies, seePeer(c, host)...)
	if found.ID == "log-timeout" {
		found.Remedies = append(found.Remedies, c.Look("remedy.log-see-policies", nil, "get networkpolicy"))
	}
}

// seePeer looks at what stands behind a name, or at everything that could have an address; at nothing for a name of the
// world outside.
func seePeer(c *diagnosis.Case, host string) []diagnosis.Remedy {
	name, namespace, ok := serviceOf(c, host)
	if !ok && host != "" && !address(host) && !local(host) {
		return nil
	}
	if !ok {
		return []diagnosis.Remedy{c.Look("remedy.log-see-services", message.Args{"Peer": host}, "get svc,endpointslices -o wide")}
	}
	args := message.Args{"Service": name, "Namespace": namespace}
	see := func(id string, command shellword.Command) diagnosis.Remedy {
		return diagnosis.Remedy{ID: id, Args: args, Effect: diagnosis.ReadOnly, Command: command}
	}
	return []diagnosis.Remedy{
		see("remedy.log-see-endpoints", shellword.New("kubectl -n %s get endpointslices -l kubernetes.io/service-name=%s", namespace, name)),
		see("remedy.log-see-service", shellword.New("kubectl -n %s get svc %s", namespace, name)),
	}
}

// nameUnknown asks whether the namespace has a Service of the name, which is what a short name means in a pod.
func nameUnknown(c *diagnosis.Case, _ source, found *diagnosis.Finding) {
	host := arg(found, "Name")
	name, namespace, ok := serviceOf(c, host)
	if ok && namespace == c.Pod.Namespace {
		noService(c, found, name)
	}
	if found.Form == "absent" {
		found.Remedies = append(found.Remedies, c.Look("remedy.log-see-services", message.Args{"Peer": host}, "get svc"), c.EditWorkload())
		return
	}
	found.Remedies = append(found.Remedies, seePeer(c, host)...)
	found.Remedies = append(found.Remedies, diagnosis.Remedy{
		ID: "remedy.log-see-dns", Effect: diagnosis.ReadOnly,
		Command: shellword.New("kubectl -n kube-system get pods -l k8s-app=kube-dns"),
	})
}

func noService(c *diagnosis.Case, found *diagnosis.Finding, name string) {
	services := c.Names("Service")
	if services.State != casefile.Known || slices.Contains(services.Value, name) {
		return
	}
	found.Form = "absent"
	found.Args["Service"], found.Args["Namespace"], found.Args["Nearest"] = name, c.Pod.Namespace, diagnosis.Nearest(name, services.Value)
	object := diagnosis.Object{APIVersion: "v1", Kind: "Service", Namespace: c.Pod.Namespace, Name: name}
	says := message.Args{"Service": name, "Namespace": c.Pod.Namespace, "Nearest": found.Args["Nearest"]}
	found.Evidence = append(found.Evidence, diagnosis.Fact(diagnosis.Other, object, "evidence.log-no-service", says))
}

// hostOf is a peer without its port: of db:5432, 10.0.0.7:80 and [fd00::7]:80.
func hostOf(peer string) string {
	if inside, _, bracketed := strings.Cut(strings.TrimPrefix(peer, "["), "]"); bracketed {
		return inside
	}
	if host, _, one := strings.Cut(peer, ":"); one && strings.Count(peer, ":") == 1 {
		return host
	}
	return peer
}

// numeric matches addresses of IPv4, and of IPv6, which alone have several colons.
var numeric = regexp.MustCompile(`^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*(?:%\w+)?)$`)

func address(host string) bool { return numeric.MatchString(host) }

// local reports whether a host is the pod itself: its containers share one network.
func local(host string) bool {
	return host == "localhost" || host == "::1" || address(host) && strings.HasPrefix(host, "127.")
}

// isLabel matches a part of a name of DNS (RFC 1123), as the API wants it of Services and namespaces. It begins with no dash:
// what a log calls a host must not become a flag of a command.
var isLabel = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$`)

// serviceOf reads the name of a Service from a host: db, db.shop.svc, db.shop.svc.cluster.local, and db.shop where shop is
// the pod's own namespace. Other names with a dot may be of the world outside.
func serviceOf(c *diagnosis.Case, host string) (name, namespace string, ok bool) {
	if host == "" || address(host) || local(host) {
		return "", "", false
	}
	labels := strings.Split(host, ".")
	if slices.ContainsFunc(labels[:min(len(labels), 2)], func(label string) bool { return !isLabel.MatchString(label) }) {
		return "", "", false
	}
	switch {
	case len(labels) == 1:
		return host, c.Pod.Namespace, true
	case len(labels) == 2 && labels[1] == c.Pod.Namespace, len(labels) > 2 && labels[2] == "svc":
		return labels[0], labels[1], true
	}
	return "", "", false
}
