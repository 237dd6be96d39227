package service

import (
	"bytes"
	"embed"
	"fmt"
	"path/filepath"
	"text/template"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/file"
	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Names of the parts.
const (
	Proxy = "kube-proxy"
	DNS   = "coredns"
)

// Parts are the names of all parts.
func Parts() []string { return []string{Proxy, DNS} }

//go:embed template
var templates embed.FS

// values are what the templates are filled with.
type values struct {
	Node, Kubeconfig, Context   string
	Pods, Internal, IP          string
	ClusterDomain, DNSServiceIP string
	HealthPort, MetricsPort     int
	DNSPort, DNSReadyPort       int
}

// Services holds the configuration of kube-proxy and CoreDNS.
type Services struct {
	paths    paths.Paths
	binaries string
	// Contents of what each part reads when it starts.
	proxyInputs, dnsInputs [][]byte
}

// New makes certificates, kubeconfigs and configuration of both parts. binaries is the directory of their programs.
func New(p paths.Paths, binaries string, authority *pki.Authority) (*Services, error) {
	s := &Services{paths: p, binaries: binaries}
	var err error
	if s.proxyInputs, err = s.configure(Proxy, "kube-proxy.yaml", authority); err != nil {
		return nil, err
	}
	if s.dnsInputs, err = s.configure(DNS, "Corefile", authority); err != nil {
		return nil, err
	}
	return s, nil
}

// configure writes a part's kubeconfig and configuration file and returns their contents.
func (s *Services) configure(part, name string, authority *pki.Authority) ([][]byte, error) {
	user, err := authority.Issue(pki.Request{Name: part, User: "system:" + part})
	if err != nil {
		return nil, err
	}
	kubeconfig := filepath.Join(s.paths.Config(), part+".kubeconfig")
	credentials, err := access.Write(kubeconfig, authority.Cert(), user)
	if err != nil {
		return nil, err
	}
	content, err := render(name, kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("configuring %s: %w", part, err)
	}
	if err := file.Write(s.config(name), content, 0o644); err != nil {
		return nil, err
	}
	return [][]byte{credentials, content}, nil
}

func (s *Services) config(file string) string { return filepath.Join(s.paths.Config(), file) }

func render(file, kubeconfig string) ([]byte, error) {
	parsed, err := template.New(file).ParseFS(templates, "template/"+file)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, values{
		Node: topology.Nodes()[0].Name, Kubeconfig: kubeconfig, Context: topology.Context,
		Pods: topology.Pods().String(), Internal: topology.Internal().String(), IP: topology.ControlPlaneIP().String(),
		ClusterDomain: topology.ClusterDomain, DNSServiceIP: topology.DNSServiceIP().String(),
		HealthPort: topology.ProxyHealthPort, MetricsPort: topology.ProxyMetricsPort,
		DNSPort: topology.DNSPort, DNSReadyPort: topology.DNSReadyPort,
	})
	return out.Bytes(), err
}
