// Package report turns what podkit knows into what its user sees: tables, sections, terminal width and colour, and the
// neutralising of everything that came from a cluster.
//
// It knows objects and messages, never clients. Start reading at Terminal and Escape.
package report
