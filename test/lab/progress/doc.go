// Package progress tells the reader what happens and how long it has taken. It must not know what is being done.
// Start with [New].
package progress
