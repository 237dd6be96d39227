// Package concept is what a newcomer has to know of Kubernetes to follow a search for a cause: a list of topics, the
// names under which people look for them, and how they hang together with one another, with the causes that podkit finds
// and with the steps of guided runs.
//
// Their words are messages (concept.ID.title, .what, .why and .see), in every language of the catalogue. Start reading at
// List.
package concept
