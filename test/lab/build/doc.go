// Package build makes the cluster's programs from the Go module proxy and keeps them in the cache. Each set of programs
// is pinned by a Go module of its own beside the lab's (kube/, coredns/), whose go.mod is the only place with versions.
//
// The package must not know how the programs are run. Start with [Binaries].
package build
