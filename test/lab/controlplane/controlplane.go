package controlplane

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"path/filepath"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// ControlPlane holds the certificates and kubeconfigs of one lab's control plane.
type ControlPlane struct {
	paths    paths.Paths
	binaries string

	authority                *pki.Authority
	authorityFile            string
	frontFile                string
	serving                  pki.Pair
	etcdClient, kubeletUser  pki.Pair
	frontClient              pki.Pair
	tokenKey, tokenPublicKey string
	managerUser, plannerUser []byte
}

// New makes the certificates and kubeconfigs of the control plane, or reads those of an earlier run. binaries is the
// directory of the Kubernetes programs.
func New(p paths.Paths, binaries string, authority *pki.Authority, front *pki.Authority) (*ControlPlane, error) {
	c := &ControlPlane{
		paths: p, binaries: binaries, authority: authority,
		authorityFile: authority.CertFile(), frontFile: front.CertFile(),
	}
	var err error
	if c.serving, err = authority.Issue(servingRequest()); err != nil {
		return nil, err
	}
	if c.etcdClient, err = authority.Issue(pki.Request{Name: "etcd-client", User: "kube-apiserver"}); err != nil {
		return nil, err
	}
	if c.kubeletUser, err = authority.Issue(pki.Request{
		Name: "kubelet-client", User: "kube-apiserver-kubelet-client", Groups: []string{"system:masters"},
	}); err != nil {
		return nil, err
	}
	if c.frontClient, err = front.Issue(pki.Request{Name: "front-proxy-client", User: "front-proxy-client"}); err != nil {
		return nil, err
	}
	if c.tokenKey, c.tokenPublicKey, err = pki.SigningKey(p.PKI(), "service-account"); err != nil {
		return nil, err
	}
	if c.managerUser, err = c.user("kube-controller-manager"); err != nil {
		return nil, err
	}
	if c.plannerUser, err = c.user("kube-scheduler"); err != nil {
		return nil, err
	}
	return c, nil
}

// servingRequest is for the one serving certificate that all four parts share, since they share their address.
func servingRequest() pki.Request {
	var addresses []net.IP
	for _, a := range []fmt.Stringer{topology.ControlPlaneIP(), topology.APIServerServiceIP()} {
		addresses = append(addresses, net.ParseIP(a.String()))
	}
	return pki.Request{
		Name: "control-plane", User: "podkit-lab-control-plane", IPs: addresses,
		Names: []string{
			"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
			"kubernetes.default.svc." + topology.ClusterDomain,
		},
	}
}

// user writes the kubeconfig of a part that is a client of the API server and returns its content.
func (c *ControlPlane) user(part string) ([]byte, error) {
	pair, err := c.authority.Issue(pki.Request{Name: part, User: "system:" + part})
	if err != nil {
		return nil, err
	}
	return access.Write(c.kubeconfig(part), c.authority.Cert(), pair)
}

func (c *ControlPlane) kubeconfig(part string) string {
	return filepath.Join(c.paths.Config(), part+".kubeconfig")
}

func (c *ControlPlane) binary(name string) string { return filepath.Join(c.binaries, name) }

// trust is the TLS configuration of a client of the control plane.
func (c *ControlPlane) trust() (*tls.Config, error) {
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(c.authority.Cert()) {
		return nil, fmt.Errorf("the lab's certificate authority %s is damaged; `lab down` clears it", c.authorityFile)
	}
	client, err := tls.X509KeyPair(c.etcdClient.Cert, c.etcdClient.Key)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w; `lab down` clears it", c.etcdClient.CertFile, err)
	}
	return &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{client}, MinVersion: tls.VersionTLS12}, nil
}
