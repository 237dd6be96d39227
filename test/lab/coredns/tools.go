// Package coredns pins the CoreDNS version of the lab; see the tool directive in go.mod.
package coredns
