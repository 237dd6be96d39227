// Package image makes the container images that the lab's manifests name, on
// the spot and without a registry: no lab machine needs to reach one.
//
// Debian's own archive is the only source. Packages are resolved by apt in a
// root of its own (an empty dpkg status, so the answer holds every library they
// need) and their files go straight from the .deb into a layer. Nothing is
// installed on the machine, nothing is unpacked to disk, and root is not needed;
// a debootstrap tree would need root, take a minute and weigh three times more.
//
// It must not know about nodes, containerd or the cluster: it hands out
// docker-archive files, and the lab imports them.
//
// Start reading at [Catalog], then [Build]; recipe.go says what is in a layer.
package image
