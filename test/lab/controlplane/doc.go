// Package controlplane describes etcd, the API server, the controller manager and the scheduler as [process.Spec]s. All
// of them listen on the control plane's own address (see package topology) and run in the machine's namespaces.
//
// It must not know of nodes, or start anything. Start with [New].
package controlplane
