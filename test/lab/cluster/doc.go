// Package cluster puts the lab together: it knows which parts there are, in which order they need each other, and when
// the whole is up or down. What a part is, its own package knows.
//
// All methods of [Lab] may be called again at any time, after a crash or a kill in the middle included: they look at
// what is there and do what is missing. Start with [Lab.Up] and [Lab.Down].
package cluster
