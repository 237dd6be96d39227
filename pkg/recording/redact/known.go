package redact

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// mostKnown bounds the values that are looked for again, and with them what they take of memory: some 2 KiB each.
const mostKnown = 10_000

// known are values that were secrets where they stood, and are looked for wherever they may stand, also in base64 and in
// the notations of URLs and JSON. A log that prints the password of a pod's environment prints it without a key as often
// as not.
type known struct {
	rules map[string]string
	forms map[string]form
	// lengths are how long the forms are that begin with these four bytes, the longest first: one may begin with another. A
	// text costs one pass, however many values begin alike.
	lengths map[string][]int
	// heads are the hashes of those bytes: most places of a text are ruled out by it alone.
	heads [1 << 16 / 64]uint64
}

// form is one way of writing a value.
type form struct {
	text, value string
	rule        string
	// whole is set for a value that counts only where it stands for itself: it may be a part of a longer word by chance.
	whole bool
	// packed is set for base64, of which all is taken out that hangs together.
	packed bool
}

func newKnown() known {
	return known{rules: map[string]string{}, forms: map[string]form{}, lengths: map[string][]int{}}
}

const head = 4

// add remembers a value and reports whether it is a new one.
func (k *known) add(rule, value string, whole bool) bool {
	if len(k.rules) >= mostKnown || k.rules[value] != "" {
		return false
	}
	k.rules[value] = rule
	for _, f := range formsOf(value) {
		if f.rule, f.whole = rule, whole && f.text == value; len(f.text) < head {
			continue
		}
		if other, taken := k.forms[f.text]; taken && other.value == other.text {
			continue // A value itself is more than a notation of another.
		}
		k.forms[f.text] = f
		begin := f.text[:head]
		lengths := k.lengths[begin]
		if at, found := slices.BinarySearchFunc(lengths, len(f.text), func(a, b int) int { return cmp.Compare(b, a) }); !found {
			k.lengths[begin] = slices.Insert(lengths, at, len(f.text))
		}
		hash := hashOf(begin)
		k.heads[hash/64] |= 1 << (hash % 64)
	}
	return true
}

// drop forgets a value that turned out to be the name of a thing.
func (k *known) drop(value string) {
	if k.rules[value] == "" {
		return
	}
	delete(k.rules, value)
	for _, f := range formsOf(value) {
		if k.forms[f.text].value == value {
			delete(k.forms, f.text)
		}
	}
}

func hashOf(head string) uint16 {
	n := uint32(head[0]) | uint32(head[1])<<8 | uint32(head[2])<<16 | uint32(head[3])<<24
	return uint16((n * 2654435761) >> 16)
}

// span is a part of a text.
type span struct {
	start, end int
	form       form
}

// find returns where values stand in a text, in order and without overlaps.
func (k *known) find(text string) []span {
	if len(k.rules) == 0 {
		return nil
	}
	var spans []span
	last := 0
	for i := 0; i+head <= len(text); i++ {
		hash := hashOf(text[i : i+head])
		if k.heads[hash/64]&(1<<(hash%64)) == 0 {
			continue
		}
		for _, length := range k.lengths[text[i:i+head]] {
			f, found := k.at(text, i, length)
			if !found || f.whole && !standsAlone(text, i, i+length) {
				continue
			}
			at := span{i, i + length, f}
			if f.packed {
				at.start, at.end = stretched(text, last, at.start, at.end)
			}
			spans = append(spans, at)
			i, last = at.end-1, at.end
			break
		}
	}
	return spans
}

// at returns the form of a length that stands at a place of a text.
func (k *known) at(text string, i, length int) (form, bool) {
	if i+length > len(text) {
		return form{}, false
	}
	f, found := k.forms[text[i:i+length]]
	return f, found
}

// touches reports whether any value may stand in a text, in whichever way: what it denies, find does not find.
func (k *known) touches(text string) bool {
	for i := 0; i+head <= len(text); i++ {
		hash := hashOf(text[i : i+head])
		if k.heads[hash/64]&(1<<(hash%64)) == 0 {
			continue
		}
		for _, length := range k.lengths[text[i:i+head]] {
			if _, found := k.at(text, i, length); found {
				return true
			}
		}
	}
	return false
}

// standsAlone reports whether a part of a text is a word of its own.
func standsAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	if end < len(text) && text[end] == '.' && end+1 < len(text) {
		after = rune(text[end+1]) // The end of a sentence, or a name with a dot in it.
	}
	return (start == 0 || !joins(before)) && (end == len(text) || !joins(after))
}

func joins(r rune) bool {
	return r == '_' || r == '-' || r != utf8.RuneError && (unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Han, r))
}

// stretched is the whole run of base64 around a part of it.
func stretched(text string, from, start, end int) (first, last int) {
	is := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '_' || c == '-'
	}
	for start > from && is(text[start-1]) {
		start--
	}
	for end < len(text) && is(text[end]) {
		end++
	}
	for end < len(text) && text[end] == '=' {
		end++
	}
	return start, end
}
