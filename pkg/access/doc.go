// Package access is the one list of what podkit asks of a cluster: which command needs which right, and what is lost
// without it. The roles of deploy/rbac, the table of rights in its README and the advice of doctor are made of it.
//
// The list is kept true by test/rights, which runs every command and every rule against a server that writes down what it
// is asked. The package knows no server: what a user is allowed is handed to Assess. Start reading at Commands.
package access
