package paths

import (
	"fmt"
	"os"
	"path/filepath"
)

// Paths is the layout of one lab on disk. Cache outlives `lab down`; everything below State belongs to a running
// lab and is removed by it.
type Paths struct {
	// Cache holds what is slow to make: binaries and image archives.
	// Example: /root/.cache/podkit/lab
	Cache string
	// State holds all else: certificates, data, logs, the nodes' directories.
	// Example: /var/lib/podkit-lab
	State string
	// Lock is the file that one `lab` command at a time holds; it lies outside State, because State comes and goes.
	// Example: /run/podkit-lab.lock
	Lock string
}

// Default returns the layout of the machine's lab. A machine has one: its bridges and subnets are fixed, so a second
// state directory could not give a second lab. Only the cache follows the user.
func Default() (Paths, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return Paths{}, fmt.Errorf("finding the cache directory: %w; set HOME or XDG_CACHE_HOME", err)
	}
	return Paths{
		Cache: filepath.Join(cache, "podkit", "lab"),
		State: "/var/lib/podkit-lab",
		Lock:  "/run/podkit-lab.lock",
	}, nil
}

// Binaries is the directory of the binaries built for one version of Kubernetes.
// Example: /root/.cache/podkit/lab/v1.36.3
func (p Paths) Binaries(version string) string { return filepath.Join(p.Cache, version) }

// Images is the directory of the image archives and of all that is kept to build them.
// Example: /root/.cache/podkit/lab/images
func (p Paths) Images() string { return filepath.Join(p.Cache, "images") }

// Executable is the lab's own program, copied here because `go run` deletes the one that it runs.
// Example: /var/lib/podkit-lab/bin/lab
func (p Paths) Executable() string { return filepath.Join(p.State, "bin", "lab") }

// Kubeconfig is the administrator's kubeconfig, the one that `lab kubeconfig` names.
// Example: /var/lib/podkit-lab/kubeconfig
func (p Paths) Kubeconfig() string { return filepath.Join(p.State, "kubeconfig") }

// Logs is the directory of every part's log.
// Example: /var/lib/podkit-lab/logs
func (p Paths) Logs() string { return filepath.Join(p.State, "logs") }

// Log is the log of one part.
// Example: /var/lib/podkit-lab/logs/kube-apiserver.log
func (p Paths) Log(part string) string { return filepath.Join(p.Logs(), part+".log") }

// Record says which process runs a part.
// Example: /var/lib/podkit-lab/processes/kube-apiserver.json
func (p Paths) Record(part string) string { return filepath.Join(p.State, "processes", part+".json") }

// PKI is the directory of certificates and keys.
// Example: /var/lib/podkit-lab/pki
func (p Paths) PKI() string { return filepath.Join(p.State, "pki") }

// Etcd is etcd's data directory.
// Example: /var/lib/podkit-lab/etcd
func (p Paths) Etcd() string { return filepath.Join(p.State, "etcd") }

// Config is the directory of configuration files and kubeconfigs of the parts that run outside the nodes.
// Example: /var/lib/podkit-lab/config
func (p Paths) Config() string { return filepath.Join(p.State, "config") }

// Registry is the state directory of the registries.
// Example: /var/lib/podkit-lab/registry
func (p Paths) Registry() string { return filepath.Join(p.State, "registry") }

// Sysctls keeps the kernel settings as they were before the lab changed them.
// Example: /var/lib/podkit-lab/sysctls.json
func (p Paths) Sysctls() string { return filepath.Join(p.State, "sysctls.json") }

// Node is the layout of one node.
func (p Paths) Node(name string) Node {
	return Node{Dir: filepath.Join(p.State, name)}
}
