// Package release checks how podkit is released: here the workflows, and with the build tag release the rehearsal of
// `make release-check` on archives that goreleaser has built: krew installs, upgrades and removes them. Start reading at
// TestKrew in rehearsal_test.go.
package release
