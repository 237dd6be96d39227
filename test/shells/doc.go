// Package shells types half a word into real shells and presses TAB: bash, zsh and fish complete "kubectl podkit" through
// the real kubectl, as its users install it, from the server of package loopback. It needs these programs, and podkit, on
// the PATH, and the build tag shells: `make shells` sees to both. Start reading at completions in shells_test.go.
package shells
