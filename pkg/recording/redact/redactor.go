package redact

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Redactor replaces secrets by placeholders and counts them. It is safe for concurrent use.
type Redactor struct {
	salt        []byte
	patterns    []pattern
	placeholder *regexp.Regexp

	mu     sync.Mutex
	counts map[string]int
	known  known
}

// Rule says how many values a rule took out.
type Rule struct {
	Rule  string `json:"rule"`
	Count int    `json:"count"`
}

// New returns a redactor for one recording. The salt must be random and is not kept anywhere else; the same salt gives the
// same placeholders. The user's own patterns come before podkit's.
func New(salt []byte, extra []Extra) *Redactor {
	var patterns []pattern
	for _, own := range extra {
		patterns = append(patterns, own.pattern())
	}
	patterns = append(patterns, contexts()...)
	patterns = append(patterns, shapes()...)
	return &Redactor{
		salt: slices.Clone(salt), patterns: patterns, placeholder: regexp.MustCompile(Placeholder),
		counts: map[string]int{}, known: newKnown(),
	}
}

// shortest is the length from which on a text is looked at: a key, a separator and a value need as much.
const shortest = 6

// Text returns a text without the secrets that have a known shape, or that their context names: a JSON key, a flag, a
// header, a URL. Values that Object has taken out before are found again as well.
func (r *Redactor) Text(text string) string {
	if len(text) < shortest {
		return text
	}
	// What a later pattern takes out may lay bare the context of an earlier one.
	for {
		clean := r.once(text)
		if clean == text {
			return clean
		}
		text = clean
	}
}

// once tries every pattern.
func (r *Redactor) once(text string) string {
	lower := strings.ToLower(text)
	for i := range r.patterns {
		p := &r.patterns[i]
		if !p.mayMatch(lower) {
			continue
		}
		text = between(r.placeholder, text, func(part string) string { return r.replace(p, part) })
	}
	return between(r.placeholder, text, r.again)
}

// again takes out what has been a secret elsewhere.
func (r *Redactor) again(text string) string {
	r.mu.Lock()
	found := r.known.find(text)
	r.mu.Unlock()
	if len(found) == 0 {
		return text
	}
	var clean strings.Builder
	last := 0
	for _, at := range found {
		clean.WriteString(text[last:at.start])
		clean.WriteString(r.hide(at.rule, text[at.start:at.end]))
		last = at.end
	}
	clean.WriteString(text[last:])
	return clean.String()
}

// remember has a value found again wherever it stands.
func (r *Redactor) remember(rule, value string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known.add(rule, value)
}

func (r *Redactor) count(rule string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[rule]++
}

// Report says what was taken out so far, by rule.
func (r *Redactor) Report() []Rule {
	r.mu.Lock()
	defer r.mu.Unlock()
	rules := make([]Rule, 0, len(r.counts))
	for _, rule := range slices.SortedFunc(maps.Keys(r.counts), cmp.Compare[string]) {
		rules = append(rules, Rule{rule, r.counts[rule]})
	}
	return rules
}
