// Package node runs the two nodes: each a containerd and a kubelet in a mount namespace of their own.
//
// The namespace makes them two machines as far as files go. /run, /var/lib, /var/log and /etc/resolv.conf are the
// node's own, so that both kubelets and both containerds keep their usual paths, no mount of theirs is seen outside,
// and all mounts go when the node's last process does. A process of the lab, the holder, keeps the namespace open: it
// is the node's power switch. Without it the node counts as crashed. The network is the machine's: a node is a bridge
// there, and kube-proxy serves all of them at once.
//
// Processes of a node are found by its cgroup, containers included. Start with [Node.Start] and [Node.PowerOff].
package node
