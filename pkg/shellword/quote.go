package shellword

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain needs no quotes in any shell, unless it begins with what leads does not allow: zsh takes a = at the beginning for the
// path of a program, and older fish a % for a job.
var (
	plain = regexp.MustCompile(`^[A-Za-z0-9_./:=,@%+-]+$`)
	leads = regexp.MustCompile(`^[^=%]`)
)

// quote makes a text one word, of which a shell runs nothing. Within single quotes fish takes a backslash before a quote or a
// backslash for an escape, and the others take it for itself; so both stand outside, where all four agree.
func quote(text string) string {
	if plain.MatchString(text) && leads.MatchString(text) {
		return text
	}
	var quoted strings.Builder
	inside := false
	turn := func(to bool) {
		if inside != to {
			quoted.WriteByte('\'')
			inside = to
		}
	}
	for _, r := range text {
		switch r {
		case '\'', '\\':
			turn(false)
			quoted.WriteByte('\\')
		default:
			turn(true)
		}
		quoted.WriteRune(r)
	}
	turn(false)
	if text == "" {
		return "''"
	}
	return quoted.String()
}

// quoteBehind is quote for a text that stands in one word behind what was written of it.
func quoteBehind(written, text string) string {
	if written != "" && plain.MatchString(text) {
		return text
	}
	return quote(text)
}

// pasteable reports whether a terminal shows a text as it is, so that what is read is what is pasted: no control character,
// none without width, none that turns the direction, no space but the plain one. A newline would end the line.
func pasteable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unseen)
}

// unseen are the characters of which nothing, or something else, is seen. U+FFFD stands for what could not be shown.
func unseen(r rune) bool {
	return !unicode.IsPrint(r) || r == utf8.RuneError || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// InProse writes a text as a word of a command that stands in a sentence, `between backquotes` it may be. What cannot be
// pasted from there is shown as U+FFFD, which is in the name of nothing, so that the word means no other thing.
func InProse(text string) Written {
	safe := strings.Map(func(r rune) rune {
		if unseen(r) || r == '`' {
			return utf8.RuneError
		}
		return r
	}, text)
	return Written(quote(safe))
}

// Written is a part of a command line that this package has written, so that it is not quoted once more.
type Written string

// Fragment is a part of a command line that stands in a sentence, a space before each word: the flags that are the same in
// many lines.
func Fragment(words ...string) Written {
	var all strings.Builder
	for _, word := range words {
		all.WriteString(" " + string(InProse(word)))
	}
	return Written(all.String())
}

// Sequence are words that stand in a sentence: the command that is run in a container, which is no line for a terminal by
// itself.
func Sequence(words ...string) Written {
	return Written(strings.TrimPrefix(string(Fragment(words...)), " "))
}
