// Package file writes files so that nobody ever sees half of one. Start with [Write].
package file
