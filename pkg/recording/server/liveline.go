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
func liveLine(r *http.Request, asked asked) string {
	query := r.URL.Query()
	words := []string{"kubectl"}
	switch asked.Subresource {
	case "exec":
		words = append(words, "exec")
	case "attach":
		words = append(words, "attach")
	case "portforward":
		return shellword.Line("kubectl", "port-forward", "-n", asked.Namespace, asked.Name, "PORT")
	default:
		return rawLine(r)
	}
	words = append(words, "-n", asked.Namespace)
	for _, flag := range [][2]string{{"stdin", "-i"}, {"tty", "-t"}} {
		if isTrue(query.Get(flag[0])) {
			words = append(words, flag[1])
		}
	}
	words = append(words, asked.Name)
	if name := query.Get("container"); name != "" {
		words = append(words, "-c", name)
	}
	if command := query["command"]; len(command) > 0 {
		words = append(append(words, "--"), command...)
	}
	return shellword.Line(words...)
}

// rawLine sends a request to an app through the API server. What kubectl has no command for goes through its proxy.
func rawLine(r *http.Request) string {
	command, known := rawCommands[r.Method]
	if !known {
		return "kubectl proxy, and then: " + shellword.Line("curl", "-X", r.Method, "http://127.0.0.1:8001"+r.URL.RequestURI())
	}
	line := shellword.Line("kubectl", command, "--raw", r.URL.RequestURI())
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		line += " -f <file>"
	}
	return line
}
