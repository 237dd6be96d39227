package cluster

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/controlplane"
	"github.com/kubectl-podkit/podkit/test/lab/service"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Kubeconfig is the path of the administrator's kubeconfig; the file exists while the lab does.
func (l *Lab) Kubeconfig() string { return l.paths.Kubeconfig() }

// Parts are the names of all parts.
func (l *Lab) Parts() []string {
	parts := append(controlplane.Parts(), service.Parts()...)
	parts = append(parts, Registries)
	for _, n := range l.nodes {
		parts = append(parts, n.Parts()...)
	}
	return parts
}

// Log is the path of a part's log.
func (l *Lab) Log(part string) (string, error) {
	if !slices.Contains(l.Parts(), part) {
		return "", fmt.Errorf("there is no part %q; the parts are %s", part, strings.Join(l.Parts(), ", "))
	}
	return l.paths.Log(part), nil
}

// Report says that the lab is up, and what to call.
func (l *Lab) Report() {
	l.progress.Say("the lab is up; kubectl of its version is %s", l.Kubectl())
	server, err := url.Parse(topology.APIServer())
	if err != nil {
		return
	}
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: server}); err == nil && proxy != nil {
		l.progress.Say("HTTPS_PROXY is set: add %s to NO_PROXY, or clients look for the lab behind the proxy", topology.Internal())
	}
}
