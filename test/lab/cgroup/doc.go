// Package cgroup makes, fills, kills and removes control groups by hand, in version 1 hierarchies and in version 2.
//
// The lab puts every process that it starts into a group of its own, so that whatever a part starts in turn (a shim,
// a container) can be found again without asking for names. The package must not know what runs in a group. Start
// with [Mounted].
package cgroup
