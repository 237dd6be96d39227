// Package rights holds the test that keeps pkg/access true: it runs every command, and diagnose and describe over the
// scenarios of all rules, against a server that writes down what it is asked, and compares that with the list. A request
// that the list does not name fails the test, and so does a line of the list that nothing asks for.
//
// It has no code of its own. Start reading at TestListIsTrue.
package rights
