package network

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

func makeBridge(ctx context.Context, b topology.Bridge) error {
	if _, err := net.InterfaceByName(b.Name); err != nil {
		if err := run(ctx, "ip", "link", "add", b.Name, "type", "bridge"); err != nil {
			return err
		}
	}
	if err := run(ctx, "ip", "address", "replace", b.Address.String(), "dev", b.Name); err != nil {
		return err
	}
	// Without this, a pod's packet to a ClusterIP whose endpoint is on the same bridge gets its answer directly, from
	// an address that it never asked.
	if err := os.WriteFile("/sys/class/net/"+b.Name+"/bridge/nf_call_iptables", []byte("1"), 0); err != nil {
		return fmt.Errorf("passing bridge %s through iptables: %w; load the br_netfilter module", b.Name, err)
	}
	return run(ctx, "ip", "link", "set", b.Name, "up")
}

func removeBridges(ctx context.Context) error {
	names, err := Bridges()
	if err != nil {
		return err
	}
	var failed error
	for _, name := range names {
		failed = errors.Join(failed, run(ctx, "ip", "link", "delete", name))
	}
	return failed
}

// Bridges returns the names of the lab's interfaces that exist.
func Bridges() ([]string, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("listing interfaces: %w", err)
	}
	var names []string
	for _, i := range interfaces {
		if strings.HasPrefix(i.Name, topology.BridgePrefix) {
			names = append(names, i.Name)
		}
	}
	return names, nil
}
