// Package pki makes the lab's certificate authorities, certificates and keys. They are made once and then read from
// disk, so that running parts and kubeconfigs stay valid when `lab up` runs again.
//
// The package must not know which parts there are. Start with [Open].
package pki
