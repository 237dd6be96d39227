package redact

import (
	"cmp"
	"hash/maphash"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Redactor replaces secrets by placeholders and counts them. It is safe for concurrent use.
//
// What it takes out it learns, and finds again wherever it may stand. What went through it before that is to go through it
// once more, by Again and AgainObject: only a second pass takes a value out everywhere.
type Redactor struct {
	salt        []byte
	patterns    []pattern
	words       *vocabulary
	keys        *keys
	placeholder *regexp.Regexp
	seed        maphash.Seed

	mu     sync.Mutex
	counts map[string]int
	known  known
	// things are the names of objects, images and the like, as hashes: no value that is one of them is looked for.
	things map[uint64]struct{}
	// innocent are short texts in which nothing was found: objects repeat each other. A new known value makes them
	// suspects again.
	innocent map[string]struct{}
}

// Rule says how many values a rule took out.
type Rule struct {
	Rule  string `json:"rule"`
	Count int    `json:"count"`
}

// New returns a redactor for one recording. The salt must be random and is not kept anywhere else; the same salt gives the
// same placeholders. The user's own patterns come before podkit's.
func New(salt []byte, extra []Extra) *Redactor {
	r := &Redactor{
		salt: slices.Clone(salt), keys: newKeys(), placeholder: regexp.MustCompile(Placeholder), seed: maphash.MakeSeed(),
		counts: map[string]int{}, known: newKnown(), things: map[uint64]struct{}{}, innocent: map[string]struct{}{},
	}
	for _, own := range extra {
		r.patterns = append(r.patterns, own.pattern())
	}
	plain := append(contexts(r.keys), shapes()...)
	r.patterns = append(r.patterns, plain...)
	words := newVocabulary(plain)
	// What is packed in base64 is looked at by the same patterns, once.
	r.patterns = append(r.patterns, pattern{anywhere: true, scan: func(text string) []match {
		return tokens(text, func(packed string) bool { return r.holds(packed, plain, words) })
	}})
	r.words = newVocabulary(r.patterns)
	return r
}

// shortest is the length from which on a text is looked at: a key, a separator and a value need as much.
const shortest = 6

// Text returns a text without the secrets that have a known shape, or that their context names: a JSON key, a flag, a
// header, a URL. Values that were taken out before are found again as well.
func (r *Redactor) Text(text string) string {
	if len(text) < shortest || r.isInnocent(text) {
		return text
	}
	// What a later pattern takes out may lay bare the context of an earlier one.
	for {
		clean := r.once(text)
		if clean == text {
			r.acquit(text)
			return clean
		}
		text = clean
	}
}

// The texts that are remembered as innocent: how long, and how many.
const (
	mostInnocentBytes = 256
	mostInnocent      = 20_000
)

func (r *Redactor) isInnocent(text string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, innocent := r.innocent[text]
	return innocent
}

func (r *Redactor) acquit(text string) {
	if len(text) > mostInnocentBytes {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.innocent) >= mostInnocent {
		clear(r.innocent)
	}
	r.innocent[text] = struct{}{}
}

// once tries every pattern.
func (r *Redactor) once(text string) string {
	wanted := make([]bool, len(r.patterns))
	r.words.find(strings.ToLower(text), wanted)
	for i := range r.patterns {
		p := &r.patterns[i]
		if len(p.words) > 0 && !wanted[i] {
			continue
		}
		if p.across {
			text = r.replace(p, text)
			continue
		}
		text = between(r.placeholder, text, func(part string) string { return r.replace(p, part) })
	}
	return r.Again(text)
}

// holds reports whether any of the patterns finds a secret in a text, and learns it.
func (r *Redactor) holds(text string, patterns []pattern, words *vocabulary) bool {
	wanted := make([]bool, len(patterns))
	words.find(strings.ToLower(text), wanted)
	found := false
	for i := range patterns {
		if p := &patterns[i]; len(p.words) == 0 || wanted[i] {
			for _, m := range p.matches(text) {
				found = true
				if !p.anywhere {
					r.remember(m.rule, m.value(), false)
				}
			}
		}
	}
	return found
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
