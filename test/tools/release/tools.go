// Package release pins the versions of the tools of `make release-check`; see the tool directives in go.mod.
package release
