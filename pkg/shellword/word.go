package shellword

import "slices"

// Own are podkit's own words. A constant of the source becomes one by itself; text of elsewhere does not, unless it is
// converted, which test/law looks for.
type Own string

// kind is what a part of a word is.
type kind int

const (
	text kind = iota
	placeholder
	variable
)

type part struct {
	kind kind
	text string
	// strays is set of a path that may reach another one.
	strays bool
}

// Word is one word of a command.
type Word struct{ parts []part }

// Text is a word that a shell takes for itself, whatever is in it.
func Text(word string) Word { return Word{[]part{{kind: text, text: word}}} }

// Placeholder is what the reader replaces: <value>. It is not quoted, so that a shell refuses the line as long as it stands
// there; see Command.Line.
func Placeholder(name Own) Word { return Word{[]part{{kind: placeholder, text: string(name)}}} }

// Variable is the value of a variable that an earlier line has set: "$POD_NAME".
func Variable(name Own) Word { return Word{[]part{{kind: variable, text: string(name)}}} }

// And is one word of several: Text("ORDERS_DSN=").And(Placeholder("value")).
func (w Word) And(more ...Word) Word {
	all := w.parts[:len(w.parts):len(w.parts)]
	for _, word := range more {
		all = append(all, word.parts...)
	}
	return Word{all}
}

// String is the word as it reaches a program; what a placeholder or a variable stands for is not known.
func (w Word) String() string {
	all := ""
	for _, part := range w.parts {
		switch part.kind {
		case placeholder:
			all += "<" + part.text + ">"
		case variable:
			all += "$" + part.text
		default:
			all += part.text
		}
	}
	return all
}

// write is the word for a shell. Texts side by side are quoted as one.
func (w Word) write() string {
	written, beside := "", ""
	for _, part := range w.parts {
		if part.kind == text {
			beside += part.text
			continue
		}
		if beside != "" {
			written, beside = written+quoteBehind(written, beside), ""
		}
		if part.kind == placeholder {
			written += "<" + part.text + ">"
		} else {
			written += `"$` + part.text + `"`
		}
	}
	if beside != "" || written == "" {
		written += quoteBehind(written, beside)
	}
	return written
}

// has reports whether a part is of a kind.
func (w Word) has(kind kind) bool {
	for _, part := range w.parts {
		if part.kind == kind {
			return true
		}
	}
	return false
}

// ends reports whether the last part is of a kind.
func (w Word) ends(kind kind) bool { return len(w.parts) > 0 && w.parts[len(w.parts)-1].kind == kind }

// strays reports whether a path in it may reach another one.
func (w Word) strays() bool {
	return slices.ContainsFunc(w.parts, func(p part) bool { return p.strays })
}

// isPasteable reports whether all of its texts are.
func (w Word) isPasteable() bool {
	for _, part := range w.parts {
		if part.kind == text && !pasteable(part.text) {
			return false
		}
	}
	return true
}
