// Package process starts, finds and stops the lab's long-lived programs without a service manager.
//
// A program is described by a [Spec] and identified by a [Record]: its pid together with the time at which the kernel
// started it, so that a reused pid is never taken for ours, and never signalled. Programs are started through [Stage],
// a hidden command of the lab's own executable, which joins the part's cgroup and writes the record before it becomes
// the program; a lab command that is killed at any moment therefore leaves nothing running that a later one cannot find.
//
// The package must not know what the programs are. Start reading at [Supervisor.Ensure].
package process
