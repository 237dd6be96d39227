// Package network gives the lab its bridges, firewall rules and kernel settings, and takes them away again.
//
// All that it makes is recognisable: bridges by [topology.BridgePrefix], rules by the chain they are in, settings by the
// file that keeps their former values. kube-proxy's chains are kube-proxy's, and are removed by its own clean-up.
//
// The package must not know what runs on the bridges. Start with [Up] and [Down].
package network
