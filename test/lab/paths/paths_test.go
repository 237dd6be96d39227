package paths

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The expectations are the examples of the doc comments.
func TestLayout(t *testing.T) {
	p := Paths{Cache: "/root/.cache/podkit/lab", State: "/var/lib/podkit-lab"}
	n := p.Node("node1")
	got := map[string]string{
		"binaries": p.Binaries("v1.36.3"), "images": p.Images(), "executable": p.Executable(),
		"kubeconfig": p.Kubeconfig(), "log": p.Log("kube-apiserver"), "record": p.Record("kube-apiserver"),
		"pki": p.PKI(), "etcd": p.Etcd(), "config": p.Config(), "registry": p.Registry(), "sysctls": p.Sysctls(),
		"node": n.Dir, "etc": n.Etc(), "run": n.Run(), "socket": n.Socket(), "nodelog": n.Log(), "lib": n.Lib(),
		"imports": n.Imports(), "stopped": n.Stopped(),
	}
	want := map[string]string{
		"binaries": "/root/.cache/podkit/lab/v1.36.3", "images": "/root/.cache/podkit/lab/images",
		"executable": "/var/lib/podkit-lab/bin/lab", "kubeconfig": "/var/lib/podkit-lab/kubeconfig",
		"log":    "/var/lib/podkit-lab/logs/kube-apiserver.log",
		"record": "/var/lib/podkit-lab/processes/kube-apiserver.json",
		"pki":    "/var/lib/podkit-lab/pki", "etcd": "/var/lib/podkit-lab/etcd", "config": "/var/lib/podkit-lab/config",
		"registry": "/var/lib/podkit-lab/registry", "sysctls": "/var/lib/podkit-lab/sysctls.json",
		"node": "/var/lib/podkit-lab/node1", "etc": "/var/lib/podkit-lab/node1/etc", "run": "/var/lib/podkit-lab/node1/run",
		"socket":  "/var/lib/podkit-lab/node1/run/containerd/containerd.sock",
		"nodelog": "/var/lib/podkit-lab/node1/log", "lib": "/var/lib/podkit-lab/node1/lib",
		"imports": "/var/lib/podkit-lab/node1/images.json", "stopped": "/var/lib/podkit-lab/node1/stopped",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A socket's address has room for 107 bytes.
func TestSocketFits(t *testing.T) {
	p, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const most = 107
	if socket := p.Node("node2").Socket(); len(socket) > most {
		t.Errorf("%s is longer than %d bytes", socket, most)
	}
}

func TestDefaultFollowsTheCacheOfTheUser(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/somewhere/cache")
	p, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if want := "/somewhere/cache/podkit/lab"; p.Cache != want {
		t.Errorf("cache is %s, want %s", p.Cache, want)
	}
}
