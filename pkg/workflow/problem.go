package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Position is where something stands in a document, counted from 1.
type Position struct {
	Line, Column int
	// inside is how far the text of a quoted value is from its position.
	inside int
}

// Problem is one thing that is wrong with a document.
type Problem struct {
	Position
	// Says is the sentence that tells it.
	Says *message.Error
}

// Problems are all that is wrong with a document, in its order. As an error they are those of the first in English; who
// can show more than one sentence shows them one by one.
type Problems []Problem

// Error tells all problems, a line each.
func (p Problems) Error() string {
	lines := make([]string, 0, len(p))
	for _, problem := range p {
		lines = append(lines, fmt.Sprintf("%d:%d: %s", problem.Line, problem.Column, problem.Says.Error()))
	}
	return strings.Join(lines, "\n")
}

var _ error = Problems(nil)

// sorted returns the problems in the order of the document, none twice, or nil as an error.
func (p Problems) sorted() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return slices.CompactFunc(p, func(a, b Problem) bool { return a.Position == b.Position && a.Says.Error() == b.Says.Error() })
}
