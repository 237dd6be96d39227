// Package paste proves that what podkit prints to be pasted does what it says and nothing else, whatever stands in the cluster.
//
// The scenarios of all causes are poisoned: every field in which an API server takes any text carries what a shell would run,
// and so do the logs. They become one recording (poison_test.go), of which every command prints in every format and language
// (paste_test.go). Each command in that (lines_test.go) is given to bash, dash, zsh and fish, in an empty folder with a PATH
// that holds a stub of kubectl and curl alone (shells_test.go): nothing but the stub may run, once, with the very words that
// the line shows, and no file may appear. Shells that are not installed are left out; make shells installs them and wants all.
package paste
