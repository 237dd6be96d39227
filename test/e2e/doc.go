// Package e2e is the suite that drives podkit as its users do, `kubectl podkit ...` through the real kubectl, on a real
// cluster: that of KUBECONFIG. `make e2e` starts the lab when none is given. Tests that need what only the lab has (a
// node that can be switched off, say) are skipped by name elsewhere.
//
// Every test has a namespace of its own, waits for states and not for time, and says what it waited for.
package e2e
