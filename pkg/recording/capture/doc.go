// Package capture writes a cluster down: the targets, everything around them that a diagnosis may ask, the ends of logs,
// what the server refused, and, when allowed, what the apps answer. It reads whole lists of the targets' namespaces, so
// that of what is not in a recording can be said that it did not exist.
//
// Lists go from the server to the file object by object, so memory does not grow with the cluster. Nothing is written
// before it was redacted. What could not be read is part of the recording and no error; only a recording without a
// single pod would be. Start reading at Capture.Run.
package capture
