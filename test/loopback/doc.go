// Package loopback is a small API server on the loopback, for tests that run whole programs (kubectl, shells, an installed
// podkit) without a cluster. It lists, selects by label and gets the objects of a shop in JSON, as whole objects or
// metadata alone, and tells its types. Below /hang nothing is ever answered.
//
// It is no cluster: nothing changes in it, and what a cluster would refuse it merely does not have. Start reading at Serve.
package loopback
