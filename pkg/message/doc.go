// Package message holds every sentence that podkit says to its user, in English and in Chinese.
//
// A message is looked up by its id with named arguments; the texts are the YAML files in catalog/, one
// pair of files an area (<area>.en.yaml, <area>.zh.yaml), in the format of go-i18n. A test fails when a message or
// one of its placeholders exists in one language only, or when the code asks for an id that is not there.
//
// The package knows nothing of Kubernetes and does no I/O. Help texts of commands are not messages: they are
// English, beside their command. Start reading at Catalog.Text.
package message
