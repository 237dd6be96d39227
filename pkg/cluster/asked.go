package cluster

import (
	"net/http"
	"net/url"
	"strings"
)

// asked is what an HTTP request asks of an API server, in the terms of RBAC, and how its answer is to be taken.
type asked struct {
	server, verb, resource, namespace, name string

	// followed is a log that goes on as long as its container, and begins with its first line.
	followed bool
	// watch is a stream of events, which begins at once and does not end.
	watch bool
	// app is answered by somebody else than the API server.
	app bool
	// text is answered with no object, upgrade with a stream.
	text, upgrade bool
}

// askedOf reads a request as an API server does (apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo). base is
// the path of the server's own URL, below which its API is.
func askedOf(request *http.Request, base string) asked {
	query := request.URL.Query()
	path := strings.TrimPrefix(request.URL.Path, base)
	found := asked{
		server: serverOf(request.URL), verb: strings.ToLower(request.Method), resource: path,
		followed: strings.HasSuffix(path, "/log") && isTrue(query, "follow"),
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	skip := map[string]int{"api": 2, "apis": 3}[parts[0]] // The version, and the group of all but the core.
	if skip == 0 || len(parts) <= skip {
		found.text = skip == 0 && path != "/version"
		return found
	}
	parts = parts[skip:]
	if parts[0] == "namespaces" && len(parts) > 2 {
		found.namespace, parts = parts[1], parts[2:]
	}
	found.resource = parts[0]
	switch {
	case isTrue(query, "watch"):
		found.watch, found.verb = true, "watch"
	case len(parts) == 1 && request.Method == http.MethodGet:
		found.verb = "list"
	case request.Method == http.MethodPost:
		found.verb = "create"
	}
	if len(parts) > 1 {
		found.name = parts[1]
	}
	if len(parts) > 2 {
		found.resource += "/" + parts[2]
		found.app = parts[2] == "proxy"
		found.text = parts[2] == "log"
		found.upgrade = parts[2] == "exec" || parts[2] == "attach" || parts[2] == "portforward"
	}
	return found
}

func isTrue(query url.Values, name string) bool {
	value := query.Get(name)
	return value == "true" || value == "1"
}

// serverOf is the part of a URL by which a user knows the server.
func serverOf(at *url.URL) string {
	scheme := strings.Replace(at.Scheme, "ws", "http", 1) // A WebSocket's, which names the same server.
	return scheme + "://" + at.Host
}
