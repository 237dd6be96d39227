package controlplane

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// Names of the parts.
const (
	Etcd              = "etcd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
)

// Parts are the names of all parts, in the order in which they depend on each other.
func Parts() []string { return []string{Etcd, APIServer, ControllerManager, Scheduler} }

// Etcd describes etcd. It writes without waiting for the disk: a lab's data need not survive the machine.
func (c *ControlPlane) Etcd() process.Spec {
	client := fmt.Sprintf("https://%s:%d", topology.ControlPlaneIP(), topology.EtcdPort)
	peer := fmt.Sprintf("https://%s:%d", topology.ControlPlaneIP(), topology.EtcdPeerPort)
	return process.Spec{
		Name: Etcd, Program: "/usr/bin/etcd", Cgroup: topology.SystemCgroup,
		Args: []string{
			"--name=podkit-lab", "--data-dir=" + c.paths.Etcd(), "--unsafe-no-fsync",
			"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
			"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer, "--initial-cluster=podkit-lab=" + peer,
			"--client-cert-auth", "--trusted-ca-file=" + c.authorityFile,
			"--cert-file=" + c.serving.CertFile, "--key-file=" + c.serving.KeyFile,
			"--peer-client-cert-auth", "--peer-trusted-ca-file=" + c.authorityFile,
			"--peer-cert-file=" + c.serving.CertFile, "--peer-key-file=" + c.serving.KeyFile,
			"--auto-compaction-retention=1", "--logger=zap", "--log-outputs=stderr",
		},
		Inputs: [][]byte{c.serving.Cert},
		Ready:  c.healthy(topology.EtcdPort, "/health"),
	}
}

// APIServer describes the API server. Pods on a node that is lost are evicted after 15 seconds instead of 300, so that
// tests see replacements soon.
func (c *ControlPlane) APIServer() process.Spec {
	return process.Spec{
		Name: APIServer, Program: c.binary(APIServer), Cgroup: topology.SystemCgroup,
		Args: []string{
			"--bind-address=" + topology.ControlPlaneIP().String(),
			"--advertise-address=" + topology.ControlPlaneIP().String(),
			fmt.Sprintf("--secure-port=%d", topology.APIServerPort),
			fmt.Sprintf("--etcd-servers=https://%s:%d", topology.ControlPlaneIP(), topology.EtcdPort),
			"--etcd-cafile=" + c.authorityFile,
			"--etcd-certfile=" + c.etcdClient.CertFile, "--etcd-keyfile=" + c.etcdClient.KeyFile,
			"--client-ca-file=" + c.authorityFile,
			"--tls-cert-file=" + c.serving.CertFile, "--tls-private-key-file=" + c.serving.KeyFile,
			"--kubelet-certificate-authority=" + c.authorityFile,
			"--kubelet-client-certificate=" + c.kubeletUser.CertFile, "--kubelet-client-key=" + c.kubeletUser.KeyFile,
			"--kubelet-preferred-address-types=InternalIP",
			"--service-account-issuer=https://kubernetes.default.svc." + topology.ClusterDomain,
			"--service-account-key-file=" + c.tokenPublicKey, "--service-account-signing-key-file=" + c.tokenKey,
			"--service-cluster-ip-range=" + topology.Services().String(),
			"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
			"--requestheader-client-ca-file=" + c.frontFile, "--requestheader-allowed-names=front-proxy-client",
			"--requestheader-extra-headers-prefix=X-Remote-Extra-", "--requestheader-group-headers=X-Remote-Group",
			"--requestheader-username-headers=X-Remote-User",
			"--proxy-client-cert-file=" + c.frontClient.CertFile, "--proxy-client-key-file=" + c.frontClient.KeyFile,
			"--default-not-ready-toleration-seconds=15", "--default-unreachable-toleration-seconds=15",
		},
		Inputs: [][]byte{c.serving.Cert, c.etcdClient.Cert, c.kubeletUser.Cert, c.frontClient.Cert},
		Ready:  c.healthy(topology.APIServerPort, "/readyz"),
	}
}

// ControllerManager describes the controller manager. A node is lost after 20 seconds of silence instead of 50. There is
// one of it, which needs no leader, and pods' addresses come from each node's CNI plugin, not from a range it hands out.
func (c *ControlPlane) ControllerManager() process.Spec {
	return process.Spec{
		Name: ControllerManager, Program: c.binary(ControllerManager), Cgroup: topology.SystemCgroup,
		Args: append(c.clientFlags(ControllerManager),
			fmt.Sprintf("--secure-port=%d", topology.ControllerManagerPort),
			"--cluster-signing-cert-file="+c.authorityFile, "--cluster-signing-key-file="+c.authority.KeyFile(),
			"--root-ca-file="+c.authorityFile, "--service-account-private-key-file="+c.tokenKey,
			"--use-service-account-credentials=true", "--allocate-node-cidrs=false",
			"--node-monitor-grace-period=20s", "--node-monitor-period=2s",
			"--kube-api-qps=300", "--kube-api-burst=400",
			// The default is in /usr/libexec, and is made if missing.
			"--flex-volume-plugin-dir="+filepath.Join(c.paths.Config(), "volume-plugins"),
		),
		Inputs: [][]byte{c.managerUser, c.serving.Cert},
		Ready:  c.healthy(topology.ControllerManagerPort, "/healthz"),
	}
}

// Scheduler describes the scheduler.
func (c *ControlPlane) Scheduler() process.Spec {
	return process.Spec{
		Name: Scheduler, Program: c.binary(Scheduler), Cgroup: topology.SystemCgroup,
		Args: append(c.clientFlags(Scheduler),
			fmt.Sprintf("--secure-port=%d", topology.SchedulerPort),
			"--kube-api-qps=300", "--kube-api-burst=400",
		),
		Inputs: [][]byte{c.plannerUser, c.serving.Cert},
		Ready:  c.healthy(topology.SchedulerPort, "/healthz"),
	}
}

func (c *ControlPlane) clientFlags(part string) []string {
	file := c.kubeconfig(part)
	return []string{
		"--kubeconfig=" + file, "--authentication-kubeconfig=" + file, "--authorization-kubeconfig=" + file,
		"--bind-address=" + topology.ControlPlaneIP().String(),
		"--tls-cert-file=" + c.serving.CertFile, "--tls-private-key-file=" + c.serving.KeyFile,
		"--leader-elect=false",
	}
}

func (c *ControlPlane) healthy(port int, path string) func(context.Context) error {
	return func(ctx context.Context) error {
		trust, err := c.trust()
		if err != nil {
			return err
		}
		return access.Healthy(ctx, fmt.Sprintf("https://%s:%d%s", topology.ControlPlaneIP(), port, path), trust)
	}
}
