package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// The characters that join or do not join their neighbours, and those that choose how the one before them is drawn.
const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
	asText    = '\ufe0e'
	asEmoji   = '\ufe0f'
	keycap    = '\u20e3'
)

// neutraliser makes the characters of a text visible that are not to be seen, or that change how others are shown. It
// remembers what it has seen, so that a text can come in pieces.
type neutraliser struct {
	// name is how a character is shown that is not to be seen; nil is that of Escape.
	name func(rune) string
	// last is the character before, base the last one before that is no mark on another.
	last, base rune
}

// write adds a piece of a text to out. At the end of a text more is false; else what cannot be judged before the rest has come
// is returned: the beginning of a rune, or a joiner without the character that it joins.
func (n *neutraliser) write(out *strings.Builder, text string, more bool) (rest string) {
	for len(text) > 0 {
		if more && !utf8.FullRuneInString(text) {
			return text
		}
		r, size := utf8.DecodeRuneInString(text)
		if more && needsNext(r) && !utf8.FullRuneInString(text[size:]) {
			return text
		}
		next, _ := utf8.DecodeRuneInString(text[size:])
		switch {
		case n.name != nil && !isSeen(r) && !n.isAtHome(r, next):
			out.WriteString(n.name(r))
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(out, "<%02X>", text[0])
		case r == 0x1b: // As kubectl shows them (cli-runtime pkg/printers, WriteEscaped).
			out.WriteString("^[")
		case r == '\r':
			out.WriteString(`\r`)
		case isSeen(r) || n.isAtHome(r, next):
			out.WriteRune(r)
		default:
			out.WriteString(named(r))
		}
		n.last = r
		if !unicode.IsMark(r) && !needsNext(r) && !isModifier(r) {
			n.base = r
		}
		text = text[size:]
	}
	return ""
}

// named is how a character is shown that is not to be seen.
func named(r rune) string { return fmt.Sprintf("<U+%04X>", r) }

// isSeen reports whether a character shows what it is wherever it stands. The others are control characters, line ends of other
// systems, and those that Unicode calls format characters, ignorable by default, or no characters at all: of no width, or
// turning the direction of writing, so that a text shows as another one than it is (CVE-2021-42574).
func isSeen(r rune) bool {
	if r < 0x20 {
		return r == '\t' || r == '\n'
	}
	if r < 0x7f || r > 0x3164 && r < 0xd7a4 { // ASCII; Han characters and Hangul, for speed.
		return true
	}
	if unicode.Is(unicode.Prepended_Concatenation_Mark, r) { // Format characters that are seen: Arabic signs around numbers.
		return true
	}
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// needsNext reports whether what a character does depends on the one behind it.
func needsNext(r rune) bool { return r == joiner || r == nonJoiner || r == asText || r == asEmoji }

// isAtHome reports whether a character that is not seen itself stands where its script needs it, and changes what is seen: a
// joiner in Indic and Arabic scripts (RFC 5892, appendix A, whose rules for names these are) or between the parts of an emoji,
// and what chooses between the two faces of one.
func (n *neutraliser) isAtHome(r, next rune) bool {
	switch {
	case r == joiner || r == nonJoiner:
		return isVirama(n.last) || isVirama(next) && unicode.IsLetter(n.last) || isCursive(n.base) && isCursive(next) && !needsNext(n.last) ||
			r == joiner && isEmoji(n.base) && isEmoji(next) && !isJoin(n.last)
	case r == asText || r == asEmoji:
		return isEmoji(n.last) || next == keycap && strings.ContainsRune("0123456789#*", n.last)
	case unicode.Is(unicode.Variation_Selector, r): // Mongolian letters have several forms.
		return r < 0x2000 && unicode.Is(unicode.Mongolian, n.last) && unicode.IsLetter(n.last)
	}
	return false
}

func isJoin(r rune) bool { return r == joiner || r == nonJoiner }

// virama is the combining class of what takes a consonant's vowel away.
const virama = 9

func isVirama(r rune) bool { return norm.NFC.PropertiesString(string(r)).CCC() == virama }

// isCursive reports whether a letter is of a script whose letters join each other.
func isCursive(r rune) bool {
	return unicode.IsLetter(r) && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Mongolian,
		unicode.Phags_Pa, unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Manichaean, unicode.Psalter_Pahlavi, unicode.Sogdian)
}

// isEmoji reports whether a character is a picture: one that a joiner joins to another picture (Unicode Standard Annex 29, GB11).
func isEmoji(r rune) bool {
	return r > 0x7f && uniseg.GraphemeClusterCount(string(r)+string(joiner)+"\u00a9") == 1
}

// isModifier reports whether a character gives the emoji before it a colour of skin.
func isModifier(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }
