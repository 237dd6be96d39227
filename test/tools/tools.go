// Package tools pins the versions of the tools of lint; see the tool directives in go.mod.
package tools
