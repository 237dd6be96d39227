// Package shellword is the one maker of the command lines that podkit offers for pasting.
//
// A Command is made of Words, and a Word of parts that tell what they are: text, which a shell takes for itself whatever is in
// it; a Placeholder, which the reader replaces; a Variable, which an earlier line has set. What a part is depends on who made
// it, never on what it looks like: podkit's own words are constants of the source, which the types enforce, and text of a
// cluster is always quoted.
//
// The lines mean the same in bash, dash, zsh and fish. A line that could not, or in which a program would take a name for an
// option, is refused with a reason, for the reader to be told instead. The package knows nothing of Kubernetes and does no
// I/O. Start reading at Command.Line.
package shellword
