package curl

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Address is where a request goes, as it is written on the command line:
//
//	[https:]POD[:PORT][/PATH][?QUERY]
//	[https:]TYPE/NAME[:PORT][/PATH][?QUERY]
//
// TYPE is one of the words in owners. Any other word before the first slash is the name of a pod, so that
// "web-0/healthz" is the path /healthz of the pod web-0; a pod that is named like a type is written pod/NAME.
type Address struct {
	// Scheme is "https", or empty for plain HTTP.
	Scheme string
	// Target is the pod, or the object that stands for one of its pods.
	Target target.Name
	// Port is a number or a name; empty when it was left out.
	Port string
	// Path is the path and the query, "/" at least.
	Path string
}

// owners reports whether a word is a TYPE that stands for pods, as kubectl spells them, with or without their group.
func owners(word string) bool {
	switch strings.ToLower(word) {
	case "deploy", "deployment", "deployments", "deployments.apps",
		"rs", "replicaset", "replicasets", "replicasets.apps",
		"sts", "statefulset", "statefulsets", "statefulsets.apps",
		"ds", "daemonset", "daemonsets", "daemonsets.apps",
		"job", "jobs", "jobs.batch", "cj", "cronjob", "cronjobs", "cronjobs.batch",
		"rc", "replicationcontroller", "replicationcontrollers":
		return true
	}
	return services(word) || word != "" && target.IsPodType(word)
}

// services reports whether a TYPE means Services, whose ports are not those of the pods.
func services(word string) bool {
	switch strings.ToLower(word) {
	case "svc", "service", "services":
		return true
	}
	return false
}

// ParseAddress reads an address.
func ParseAddress(text string) (Address, error) {
	address := Address{}
	rest := strings.TrimPrefix(text, "http://")
	if after, found := strings.CutPrefix(text, "https:"); found {
		address.Scheme, rest = "https", after
	}
	// https://web-0:8080/ is what a browser shows; the two slashes mean nothing here.
	rest = strings.TrimPrefix(rest, "//")
	resource := ""
	if word, after, found := strings.Cut(rest, "/"); found && owners(word) {
		resource, rest = word, after
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	name, port, ported := strings.Cut(rest[:end], ":")
	if name == "" || ported && port == "" || strings.Contains(port, ":") {
		return Address{}, message.Errorf(nil, "curl.syntax", message.Args{"Address": text})
	}
	if target.IsPodType(resource) {
		resource = ""
	}
	address.Target = target.Name{Resource: resource, Name: name}
	address.Port = port
	address.Path = path(rest[end:])
	return address, nil
}

// path returns the path and query that are sent: a fragment never is, as in any HTTP client.
func path(text string) string {
	text, _, _ = strings.Cut(text, "#")
	if !strings.HasPrefix(text, "/") {
		return "/" + text
	}
	return text
}
