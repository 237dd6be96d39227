// Package topology is the lab's plan: names, addresses and ports. It is the only place that has them, and it knows
// nothing of how they come to be.
//
// The control plane and each node have an address of their own on a bridge of their own. That way every part listens
// on its usual port without meeting anything else of the machine, and pods reach the API server and CoreDNS by
// ordinary routing. Nothing listens on the machine's other addresses, except what listens on loopback.
package topology
