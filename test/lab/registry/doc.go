// Package registry runs the lab's image registries on loopback, so that pulls
// fail for real: one that serves, one that asks for a password, one that answers
// 429, and one whose certificate nobody trusts. All four are doors to one store;
// what differs is how they treat a client.
//
// It must not know which images there are or how they are made: it serves the
// docker-archive files that it is given. Each is served as an index with one
// platform, as public registries serve theirs, so an image for another platform
// fails as it would there.
//
// Start reading at [Serve]; endpoint.go lists the doors and their addresses.
package registry
