// Package prompt is how a guided run asks its reader: in a list on a terminal, with numbered lines on a dumb one, nobody
// otherwise.
//
// It knows no workflow and no cluster: it is given a question with choices and returns the id of one, or a picker with
// functions that read what there is to pick. Labels must be neutralised by the caller; the rows of a picker and the output
// for the pager are neutralised here.
//
// Start reading at Asker, then New. On a terminal each question is a panel (frame.go): question.go after a step, text.go
// for a line of text, pick.go for the target.
package prompt
