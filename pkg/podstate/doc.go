// Package podstate reads one Pod object as an experienced eye does: the columns that kubectl shows for it, and in a few
// words why it is not well.
//
// Everything here is a pure function of the object and a time. It knows nothing beyond the Pod: no events, no owners,
// no node, so what it says is what the Pod's own status proves. Start reading at ColumnsOf and Why.
package podstate
