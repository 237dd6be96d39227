// Package repertoire is what the steps of a guided run can do: one explicit table from the name of an action in a
// workflow to the function that performs it and tells what came of it.
//
// An action reads the cluster and reaches into pods through the interfaces below; it writes nothing and asks nobody. Its
// Result is data: lines of output, facts for the workflow's conditions, arguments for its messages, the kubectl lines
// that do the same. Start reading at New.
package repertoire
