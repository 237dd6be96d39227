// Package redact takes secrets out of what goes into a recording: a value that is secret by its place (the value of an
// environment variable called DB_PASSWORD, the data of a ConfigMap), and one that is secret by its shape (a token of a
// known issuer, a password in a URL, a private key in a log). What a diagnosis needs stays: names, images, digests, ports,
// the words of errors, the names of variables.
//
// A value becomes a placeholder, ‹redacted:password:3f2a9c›, whose last part is the same for equal values of one
// recording, so that "the password of the pod is not that of the database" can still be seen. It is keyed by a salt that
// is never written down: nobody can try a list of passwords against it.
//
// What was taken out once is known, and taken out wherever it stands after that; what came before goes through Again, the
// second pass. Values that may be words, numbers or names of things are no more than secrets in their place (reachOf).
//
// The package computes and does no I/O. It is a net with holes, as every such net: a secret under a harmless name and
// without a shape passes, unless a pattern of the user's own (Extra) catches it. Start reading at Redactor.
package redact
