package network

import (
	"context"
	"errors"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/topology"
)

// chain holds the lab's rules for what is routed.
const chain = "PODKIT-LAB"

// rules let pods reach each other, nodes and control plane, whatever the machine's own policy is, and let nothing out:
// a pod that wants the outside hears at once that there is no way. They come after kube-proxy's rules, which have
// translated ClusterIPs by then.
func rules() [][]string {
	internal, ours := topology.Internal().String(), topology.BridgePrefix+"+"
	return [][]string{
		{"-s", internal, "-d", internal, "-j", "ACCEPT"},
		{"-i", ours, "-j", "REJECT", "--reject-with", "icmp-net-unreachable"},
	}
}

// jumps lead into the rules; each is a rule of a built-in chain.
func jumps() [][]string {
	return [][]string{
		{"FORWARD", "-j", chain},
		{"INPUT", "-i", topology.BridgePrefix + "+", "-m", "comment", "--comment", "podkit-lab", "-j", "ACCEPT"},
	}
}

func allow(ctx context.Context) error {
	// Creating fails when the chain exists; flushing fails when it does not.
	created := iptables(ctx, "-N", chain)
	if err := iptables(ctx, "-F", chain); err != nil {
		return errors.Join(created, err)
	}
	for _, rule := range rules() {
		if err := iptables(ctx, append([]string{"-A", chain}, rule...)...); err != nil {
			return err
		}
	}
	for _, jump := range jumps() {
		if iptables(ctx, append([]string{"-C"}, jump...)...) == nil {
			continue
		}
		if err := iptables(ctx, append([]string{"-I"}, jump...)...); err != nil {
			return err
		}
	}
	return nil
}

// iptables waits for whoever else is changing the tables, for at most ten seconds.
func iptables(ctx context.Context, args ...string) error {
	return run(ctx, "iptables", append([]string{"-w", "10"}, args...)...)
}

// ForeignProxy reports whether the machine has rules of a kube-proxy, which the lab's would fight with.
func ForeignProxy(ctx context.Context) (bool, error) {
	listing, err := listRules(ctx, "iptables")
	return strings.Contains(listing, "KUBE-SERVICES"), err
}
