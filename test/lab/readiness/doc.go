// Package readiness waits for things to become true. It is the only way in which the lab waits: every wait has a
// deadline, ends as soon as it can, and fails with the last thing that was missing. Start with [Await].
package readiness
