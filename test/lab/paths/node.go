package paths

import "path/filepath"

// Node is one node's directories as the machine sees them. A node runs in a mount namespace of its own, where most of
// them are mounted over the usual places of a real node; each comment names that place.
type Node struct {
	// Dir holds all of the node.
	// Example: /var/lib/podkit-lab/node1
	Dir string
}

// Etc holds the node's configuration; inside the node it has the same path.
// Example: /var/lib/podkit-lab/node1/etc
func (n Node) Etc() string { return filepath.Join(n.Dir, "etc") }

// Run is the node's /run. It is emptied when the node starts, as a boot would.
// Example: /var/lib/podkit-lab/node1/run
func (n Node) Run() string { return filepath.Join(n.Dir, "run") }

// Socket is containerd's socket, inside the node /run/containerd/containerd.sock.
// Example: /var/lib/podkit-lab/node1/run/containerd/containerd.sock
func (n Node) Socket() string { return filepath.Join(n.Run(), "containerd", "containerd.sock") }

// Log is the node's /var/log, with the pods' logs in pods/.
// Example: /var/lib/podkit-lab/node1/log
func (n Node) Log() string { return filepath.Join(n.Dir, "log") }

// Lib holds what is mounted below the node's /var/lib: kubelet/, containerd/ and cni/.
// Example: /var/lib/podkit-lab/node1/lib
func (n Node) Lib() string { return filepath.Join(n.Dir, "lib") }

// Imports remembers which image archives the node's containerd has.
// Example: /var/lib/podkit-lab/node1/images.json
func (n Node) Imports() string { return filepath.Join(n.Dir, "images.json") }

// Stopped exists while the node is off on purpose (`lab node stop`).
// Example: /var/lib/podkit-lab/node1/stopped
func (n Node) Stopped() string { return filepath.Join(n.Dir, "stopped") }
