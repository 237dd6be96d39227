package node

import (
	"bytes"
	"embed"
	"fmt"
	"path/filepath"
	"text/template"

	"github.com/kubectl-podkit/podkit/test/lab/file"
	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

//go:embed template
var templates embed.FS

// values are what the templates are filled with.
type values struct {
	Name, Bridge, Subnet, IP, Etc    string
	Pause                            string
	Port, HealthPort                 int
	CertFile, KeyFile, AuthorityFile string
	DNS, ClusterDomain, CgroupRoot   string
}

// config is what a node's programs read.
type config struct{ containerd, network, kubelet, kubeconfig []byte }

// render makes a node's configuration. serving is the kubelet's certificate and authority the file of the authority
// that its clients must be signed by.
func render(t topology.Node, n paths.Node, pause string, serving pki.Pair, authority string) (config, error) {
	v := values{
		Name: t.Name, Bridge: t.Bridge.Name, Subnet: t.PodSubnet().String(), IP: t.IP().String(), Etc: n.Etc(),
		Pause: pause,
		Port:  topology.KubeletPort, HealthPort: topology.KubeletHealthPort,
		CertFile: serving.CertFile, KeyFile: serving.KeyFile, AuthorityFile: authority,
		DNS: topology.DNSServiceIP().String(), ClusterDomain: topology.ClusterDomain, CgroupRoot: t.Cgroup(),
	}
	var c config
	for name, to := range map[string]*[]byte{
		"containerd.toml": &c.containerd, "cni.conflist": &c.network, "kubelet.yaml": &c.kubelet,
	} {
		data, err := fill(name, v)
		if err != nil {
			return config{}, fmt.Errorf("configuring %s: %w", t.Name, err)
		}
		*to = data
	}
	return c, nil
}

func fill(name string, v values) ([]byte, error) {
	parsed, err := template.New(name).Option("missingkey=error").ParseFS(templates, "template/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, v); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// write puts the rendered configuration where the node's programs read it.
func (c config) write(n paths.Node) error {
	for name, data := range map[string][]byte{
		"containerd.toml": c.containerd, "cni/10-podkit.conflist": c.network, "kubelet.yaml": c.kubelet,
	} {
		if err := file.Write(filepath.Join(n.Etc(), name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
