package network

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseRoutes(t *testing.T) {
	// As the kernel prints it on a little-endian machine: a default route, 10.96.0.0/16 and 192.0.2.0/24.
	const routes = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
podkit0	0000600A	00000000	0001	0	0	0	0000FFFF	0	0	0
eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
`
	got, err := parseRoutes(strings.NewReader(routes))
	if err != nil {
		t.Fatal(err)
	}
	want := []used{
		{prefix: netip.MustParsePrefix("10.96.0.0/16"), device: "podkit0"},
		{prefix: netip.MustParsePrefix("192.0.2.0/24"), device: "eth0"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(used{}), cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Error(diff)
	}
}

func TestParseRoutesRefusesNonsense(t *testing.T) {
	if _, err := parseRoutes(strings.NewReader("header\neth0 zz 0 0 0 0 0 00FFFFFF\n")); err == nil {
		t.Error("nonsense was read as a route")
	}
}

func TestConflict(t *testing.T) {
	for name, test := range map[string]struct {
		machine used
		want    string
	}{
		"nothing in common":          {machine: used{netip.MustParsePrefix("192.168.0.0/16"), "eth0"}},
		"the lab's own bridge":       {machine: used{netip.MustParsePrefix("10.88.0.0/16"), "podkit1"}},
		"IPv6":                       {machine: used{netip.MustParsePrefix("fd00::/64"), "eth0"}},
		"podman's usual subnet":      {machine: used{netip.MustParsePrefix("10.88.0.0/16"), "cni-podman0"}, want: "10.88.0.0/16 on cni-podman0"},
		"a wider network":            {machine: used{netip.MustParsePrefix("10.0.0.0/8"), "tun0"}, want: "10.0.0.0/8 on tun0"},
		"another cluster's services": {machine: used{netip.MustParsePrefix("10.96.0.0/12"), "kube0"}, want: "10.96.0.0/12 on kube0"},
	} {
		t.Run(name, func(t *testing.T) {
			err := conflict([]used{test.machine}, wanted())
			if test.want == "" {
				if err != nil {
					t.Errorf("unexpected: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one that contains %q", err, test.want)
			}
		})
	}
}
