// Package kube pins the Kubernetes version of the lab; see the tool directives in go.mod.
package kube
