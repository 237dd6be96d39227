// Package image holds the rules about images: those that can't be pulled, those that the node can't run, and those that
// take long.
//
// Why a pull fails is told by a sentence of the container runtime. It stands in the container's status; older kubelets put
// it into the Failed event alone. classify leads from that sentence to a cause, for containers, init containers, sidecars
// and image volumes alike. What no row of its table fits is left to the engine, which calls it unexplained.
//
// Start reading at Rules, then at failures (pull.go) and classify (classify.go).
package image
