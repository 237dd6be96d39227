// Package service makes Services and names work: kube-proxy, CoreDNS and the objects that they need. Both run outside
// the cluster, in the machine's namespaces, because the nodes share the machine's network.
//
// It must not know of the nodes' insides, or start anything. Start with [New].
package service
