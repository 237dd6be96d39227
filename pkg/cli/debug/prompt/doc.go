// Package prompt is how a guided run asks its reader: a form on a terminal, numbered lines on a dumb one, nobody
// otherwise.
//
// It knows no workflow and no cluster: it is given a question with choices, and returns the id of one. Labels must be
// neutralised by the caller. Start reading at Asker, then New.
package prompt
