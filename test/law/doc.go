// Package law holds the tests that keep the laws of ARCHITECTURE.md: who may import whom, and what no package may do.
// It has no code of its own. Start reading at laws in law_test.go.
package law
