package service

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Proxy describes kube-proxy.
func (s *Services) Proxy() process.Spec {
	return process.Spec{
		Name: Proxy, Program: filepath.Join(s.binaries, Proxy), Cgroup: topology.SystemCgroup,
		Args:   []string{"--config", s.config("kube-proxy.yaml")},
		Inputs: s.proxyInputs,
		Ready: func(ctx context.Context) error {
			return access.Healthy(ctx, fmt.Sprintf("http://%s:%d/livez", topology.ControlPlaneIP(), topology.ProxyHealthPort), nil)
		},
	}
}

// DNS describes CoreDNS.
func (s *Services) DNS() process.Spec {
	return process.Spec{
		Name: DNS, Program: filepath.Join(s.binaries, DNS), Cgroup: topology.SystemCgroup,
		Args:   []string{"-conf", s.config("Corefile")},
		Inputs: s.dnsInputs,
		Ready: func(ctx context.Context) error {
			return access.Healthy(ctx, fmt.Sprintf("http://%s:%d/ready", topology.ControlPlaneIP(), topology.DNSReadyPort), nil)
		},
	}
}

// Apply creates the objects, or brings them back to what they were.
func (s *Services) Apply(ctx context.Context) error {
	objects, err := render("objects.yaml", "")
	if err != nil {
		return fmt.Errorf("making the objects of CoreDNS: %w", err)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(s.binaries, "kubectl"), "--kubeconfig", s.paths.Kubeconfig(),
		"apply", "--server-side", "--force-conflicts", "--field-manager", "podkit-lab", "-f", "-")
	cmd.Env = []string{"HOME=" + s.paths.Config()}
	cmd.Stdin = bytes.NewReader(objects)
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("creating the objects of CoreDNS: %w: %s", err, strings.TrimSpace(string(output)))
	}
	return nil
}

// Resolve looks the API server's name up through the ClusterIP of kube-dns: it succeeds when kube-proxy and CoreDNS
// both do their work.
func Resolve(ctx context.Context) error {
	server := fmt.Sprintf("%s:%d", topology.DNSServiceIP(), topology.DNSPort)
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, server)
	}}
	name := "kubernetes.default.svc." + topology.ClusterDomain + "."
	addresses, err := resolver.LookupHost(ctx, name)
	if err != nil {
		return fmt.Errorf("asking %s: %w", server, err)
	}
	if want := topology.APIServerServiceIP().String(); len(addresses) != 1 || addresses[0] != want {
		return fmt.Errorf("%s says that %s is %v, not %s", server, name, addresses, want)
	}
	return nil
}
