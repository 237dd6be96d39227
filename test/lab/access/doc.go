// Package access gives people and parts their way into the API server: kubeconfigs and clients. It must not know how
// certificates are made. Start with [Write].
package access
