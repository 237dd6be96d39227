// Package gallery reads the Pods of deploy/gallery, broken and well: one manifest
// a case, whose header says what is wrong and what must be found. It compares
// podkit's answers with that, counts the lines that a reader reads until the cause
// has been said, and prints the table of `make gallery`.
//
// It must not know a cluster: applying the cases and asking podkit about them is
// for test/e2e.
//
// Start reading at [Load]; [Case] says what a header may hold, [Check] what is
// made of it.
package gallery
