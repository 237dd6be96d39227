// Package difference says what changed between two snapshots of a cluster: verdicts and root causes, objects that came and
// went, fields, images and restarts. It is pure; where the snapshots come from is none of its business.
//
// What one of the snapshots does not cover is not compared, and said to be so: it may have existed. Start reading at Compare.
package difference
