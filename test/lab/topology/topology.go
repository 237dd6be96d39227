package topology

import (
	"fmt"
	"net/netip"
)

// ClusterDomain is the domain of Services and pods.
const ClusterDomain = "cluster.local"

// Context is the name of the context, cluster and user in the lab's kubeconfig.
const Context = "podkit-lab"

// Ports of the parts on their own addresses: the usual ones.
const (
	EtcdPort              = 2379
	EtcdPeerPort          = 2380
	APIServerPort         = 6443
	ControllerManagerPort = 10257
	SchedulerPort         = 10259
	KubeletPort           = 10250
	KubeletHealthPort     = 10248
	ProxyMetricsPort      = 10249
	ProxyHealthPort       = 10256
	DNSPort               = 53
	DNSReadyPort          = 8181
)

// BridgePrefix begins the name of every bridge of the lab, and of nothing else.
const BridgePrefix = "podkit"

// Bridge is one bridge and the machine's address on it.
type Bridge struct {
	// Name of the interface. Example: podkit1
	Name string
	// Address with the length of its subnet. Example: 10.88.0.1/16
	Address netip.Prefix
}

// Node is one node of the lab.
type Node struct {
	// Name of the Node object. Example: node1
	Name string
	// Bridge connects the node's pods; its address is the node's InternalIP and its subnet is the pods'.
	Bridge Bridge
}

// IP is the node's InternalIP.
func (n Node) IP() netip.Addr { return n.Bridge.Address.Addr() }

// PodSubnet is where the node's pods have their addresses.
func (n Node) PodSubnet() netip.Prefix { return n.Bridge.Address.Masked() }

// Cgroup holds the node, in two parts: [Node.SystemCgroup] and kubepods.
func (n Node) Cgroup() string { return Cgroup + "/" + n.Name }

// SystemCgroup holds the node's own programs and what they start, shims for instance.
func (n Node) SystemCgroup() string { return n.Cgroup() + "/system" }

// Cgroup is the group above all others of the lab.
const Cgroup = "/podkit-lab"

// SystemCgroup holds the programs outside the nodes.
const SystemCgroup = Cgroup + "/system"

// ControlPlane is the bridge of the control plane. It has no ports: it gives the control plane an address.
func ControlPlane() Bridge {
	return Bridge{Name: BridgePrefix + "0", Address: netip.MustParsePrefix("10.90.0.1/24")}
}

// ControlPlaneIP is the address of etcd, the API server, the controller manager, the scheduler and CoreDNS.
func ControlPlaneIP() netip.Addr { return ControlPlane().Address.Addr() }

// APIServer is the URL of the API server.
func APIServer() string { return fmt.Sprintf("https://%s:%d", ControlPlaneIP(), APIServerPort) }

// Nodes returns the nodes in the order of their names.
func Nodes() []Node {
	return []Node{
		{Name: "node1", Bridge: Bridge{Name: BridgePrefix + "1", Address: netip.MustParsePrefix("10.88.0.1/16")}},
		{Name: "node2", Bridge: Bridge{Name: BridgePrefix + "2", Address: netip.MustParsePrefix("10.89.0.1/16")}},
	}
}

// FindNode returns the node of a name.
func FindNode(name string) (Node, error) {
	var names []string
	for _, n := range Nodes() {
		if n.Name == name {
			return n, nil
		}
		names = append(names, n.Name)
	}
	return Node{}, fmt.Errorf("there is no node %q; the lab's nodes are %v", name, names)
}

// Bridges returns all bridges.
func Bridges() []Bridge {
	bridges := []Bridge{ControlPlane()}
	for _, n := range Nodes() {
		bridges = append(bridges, n.Bridge)
	}
	return bridges
}

// Pods is the one prefix that holds every pod and nothing else.
func Pods() netip.Prefix { return netip.MustParsePrefix("10.88.0.0/15") }

// Internal is the one prefix that holds every bridge.
func Internal() netip.Prefix { return netip.MustParsePrefix("10.88.0.0/14") }

// Services is the prefix of ClusterIPs.
func Services() netip.Prefix { return netip.MustParsePrefix("10.96.0.0/16") }

// APIServerServiceIP is the ClusterIP of the Service kubernetes: the API server takes the first of the prefix.
func APIServerServiceIP() netip.Addr { return Services().Addr().Next() }

// DNSServiceIP is the ClusterIP of the Service kube-dns, what pods have in /etc/resolv.conf.
func DNSServiceIP() netip.Addr { return netip.MustParseAddr("10.96.0.10") }
