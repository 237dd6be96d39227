// Package sarif writes a diagnosis as SARIF 2.1.0, the format in which CI systems and editors take results of checks: a rule
// is a cause that podkit can find, a result is one that it found, at the object of the cluster that it found it in.
//
// The same trouble keeps its fingerprint from run to run though the pods of a Deployment change their names. Start reading at
// Write.
package sarif
