package server

import (
	"net/http"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// rawCommands are the commands of kubectl that send a request of a method as it is, with --raw.
var rawCommands = map[string]string{
	http.MethodGet: "get", http.MethodHead: "get", http.MethodDelete: "delete", http.MethodPost: "create", http.MethodPut: "replace",
}

// liveLine is what does the same on a live cluster.
func liveLine(r *http.Request, asked asked) shellword.Command {
	query := r.URL.Query()
	line := shellword.New("kubectl %s -n %s", asked.Subresource, asked.Namespace)
	switch asked.Subresource {
	case "exec", "attach":
	case "portforward":
		return shellword.New("kubectl port-forward -n %s %s PORT", asked.Namespace, asked.Name)
	default:
		return rawLine(r)
	}
	if isTrue(query.Get("stdin")) {
		line = line.With("-i")
	}
	if isTrue(query.Get("tty")) {
		line = line.With("-t")
	}
	line = line.With("%s", asked.Name)
	if name := query.Get("container"); name != "" {
		line = line.With("-c %s", name)
	}
	return line.With("-- %s", query["command"])
}

// rawLine sends a request to an app through the API server. What kubectl has no command for goes through its proxy, at the
// address where kubectl proxy listens.
func rawLine(r *http.Request) shellword.Command {
	command, known := rawCommands[r.Method]
	if !known {
		return shellword.New("curl -X %s", r.Method).Curl(shellword.Path("http://127.0.0.1:8001" + r.URL.RequestURI()))
	}
	line := shellword.New("kubectl %s --raw %s", command, shellword.Path(r.URL.RequestURI()))
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		return line.With("-f %s", shellword.Placeholder("file"))
	}
	return line
}
