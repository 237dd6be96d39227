// Package input opens the files that a user names. What is opened is a regular file, or the standard input where that is
// what the name means: a fifo or a device may say nothing for ever, or never end. Every read ends with its context, and
// every reading is bounded.
//
// It knows nothing of what is in a file. Start reading at Files.
package input
