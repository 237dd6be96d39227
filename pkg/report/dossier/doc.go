// Package dossier is a diagnosis as it leaves the terminal: everything that a report in Markdown or HTML shows, in the
// reader's language, in the order in which it is read, and bounded in size. It knows no format.
//
// Every text in it is neutral (report.Escape) and, where a redactor is given, without secrets; what it still may hold of a
// format's own signs, a renderer must escape. Start reading at Dossier and Builder.
package dossier
