// Package target turns what the user named (a pod, TYPE/NAME, -l, -A, the objects of -f) into the queries that read
// the pods meant.
//
// It does no I/O of its own: an owner's selector is read through Reader. Start reading at Spec.Resolve.
package target
