// Package gallery reads the broken Pods of deploy/gallery: one manifest a cause,
// whose header says what is wrong and which STATUS kubectl shows for it.
//
// It must not know a cluster: applying the cases and looking at what podkit says
// of them is for test/e2e.
//
// Start reading at [Load]; [Case] says what a header may hold.
package gallery
