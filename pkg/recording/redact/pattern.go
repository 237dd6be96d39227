package redact

import (
	"cmp"
	"regexp"
	"strings"
)

// pattern finds secrets in a text.
type pattern struct {
	// rule names it in placeholders and in the report; when it is empty the key of a match names it.
	rule string
	// words are in lower case; a text without any of them is not searched. None means that every text is.
	words []string
	re    *regexp.Regexp
	// group is the number of the group that is the secret where the groups have no names.
	group int
	// trim returns how much of a value that no quote ends is the secret.
	trim func(value string) int
	// spare reports that a match looks like a secret and is none.
	spare func(match) bool
	// scan finds all matches of a text where no expression can; they are in order, do not overlap and bear their rules.
	scan func(text string) []match
	// across is set for a scan that sees the text with its placeholders.
	across bool
	// anywhere has nothing of the value remembered: what the pattern finds is found by its own form wherever it stands.
	anywhere bool
}

// match is one place where a pattern fits. The secret is the group "v" of the expression (v2, v3), or "bare" when no quote ends
// it, else the whole match; the group "k" is the key that names it.
type match struct {
	text       string
	start, end int
	key        string
	// before and after are where the whole match begins and ends.
	before, after int
	// rule and separator are what a scan knows: the rule, and what stands between key and value.
	rule, separator string
	// isBare is set when no quote ends the value, isList when it is the inside of a list.
	isBare, isList bool
}

func (m match) value() string { return m.text[m.start:m.end] }

// rest is what follows the match.
func (m match) rest() string { return m.text[m.after:] }

// matches are all places of a text where the pattern fits and that are secrets, in order, each with its rule.
func (p *pattern) matches(text string) []match {
	if p.scan != nil {
		return p.scan(text)
	}
	var found []match
	for from := 0; ; {
		at, fits := p.find(text, from)
		if !fits {
			return found
		}
		if at.start == at.end || p.spare != nil && p.spare(at) {
			// What was taken for a value may be a key itself.
			from = max(at.start, from+1)
			if at.key == "" {
				from = max(at.after, from)
			}
			continue
		}
		if at.rule = p.rule; at.rule == "" {
			at.rule = cmp.Or(class(effective(at.key[strings.LastIndexByte(at.key, ':')+1:])), "secret")
		}
		found = append(found, at)
		from = at.end
	}
}

// replace takes out what the pattern finds in a text.
func (r *Redactor) replace(p *pattern, text string) string {
	found := p.matches(text)
	if len(found) == 0 {
		return text
	}
	var clean strings.Builder
	last := 0
	for _, m := range found {
		clean.WriteString(text[last:m.start])
		clean.WriteString(r.hide(m.rule, m.value()))
		if !p.anywhere {
			r.remember(m.rule, m.value(), false)
		}
		last = m.end
	}
	clean.WriteString(text[last:])
	return clean.String()
}

// find returns the first place where the pattern fits from a position on.
func (p *pattern) find(text string, from int) (match, bool) {
	at := p.re.FindStringSubmatchIndex(text[from:])
	if at == nil {
		return match{}, false
	}
	m := match{text: text, start: from + at[0], end: from + at[1], after: from + at[1], before: from + at[0]}
	for i, name := range p.re.SubexpNames() {
		if at[2*i] < 0 {
			continue
		}
		start, end := from+at[2*i], from+at[2*i+1]
		switch name {
		case "v", "v2", "v3":
			m.start, m.end = start, end
		case "bare":
			m.start, m.end = start, end
			if p.trim != nil {
				m.end = m.start + p.trim(m.value())
			}
		case "k":
			m.key = text[start:end]
		}
	}
	if g := p.group; g > 0 && at[2*g] >= 0 {
		m.start, m.end = from+at[2*g], from+at[2*g+1]
	}
	return m, true
}
