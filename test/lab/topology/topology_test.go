package topology

import (
	"strings"
	"testing"
)

func TestAddressesFitTogether(t *testing.T) {
	for i, a := range Bridges() {
		if !Internal().Overlaps(a.Address) || Services().Overlaps(a.Address) {
			t.Errorf("%s: %s is not in %s, or is in %s", a.Name, a.Address, Internal(), Services())
		}
		for _, b := range Bridges()[i+1:] {
			if a.Address.Overlaps(b.Address) || a.Name == b.Name {
				t.Errorf("%v and %v overlap", a, b)
			}
		}
	}
	for _, n := range Nodes() {
		if !Pods().Contains(n.IP()) {
			t.Errorf("%s's pods are not in %s", n.Name, Pods())
		}
	}
	if Pods().Contains(ControlPlaneIP()) {
		t.Errorf("%s is a pod's address", ControlPlaneIP())
	}
	if !Services().Contains(DNSServiceIP()) || APIServerServiceIP().String() != "10.96.0.1" {
		t.Error("a ClusterIP is out of its range")
	}
}

func TestFindNode(t *testing.T) {
	if n, err := FindNode("node2"); err != nil || n.IP().String() != "10.89.0.1" {
		t.Errorf("got %v, %v", n, err)
	}
	if _, err := FindNode("node3"); err == nil || !strings.Contains(err.Error(), "[node1 node2]") {
		t.Errorf("error is %v", err)
	}
}
