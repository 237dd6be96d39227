// Package scenario runs rules over written cases, for tests. A scenario is a txtar file:
//
//	What happened, in a sentence or two.
//	Fixture: why it can't be had for real; only where the objects were not taken from a real cluster.
//	Not: ids of findings that look near and must not come out
//	-- objects.yaml --
//	pods (the targets), and whatever else is in the cluster: events, ConfigMaps, Secrets, nodes
//	-- now --
//	2026-03-14T15:09:26Z
//	-- refused --
//	denied secrets
//	failed pods/log
//	-- log POD CONTAINER --
//	-- log POD CONTAINER previous --
//	lines as the server sends them with timestamps
//	-- want --
//	what comes out, written by go test -update
//
// It is not part of the product. Start reading at Run.
package scenario
