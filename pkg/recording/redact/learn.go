package redact

import (
	"hash/maphash"
	"strings"
)

// Learn has a value taken out everywhere from now on that is a secret by its source: what a container's environment holds
// under this name, say. Values that may be words, numbers or names are not looked for (reachOf).
func (r *Redactor) Learn(name, value string) {
	rule := class(name)
	if rule == "" {
		rule = "secret"
	}
	r.remember(rule, value, true)
}

// Again takes out the values that are known as secrets by now, and nothing else: the second pass over a text that Text or
// Log has returned. It keeps the number of lines.
func (r *Redactor) Again(text string) string {
	if len(text) < head {
		return text
	}
	return between(r.placeholder, text, r.again)
}

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
		clean.WriteString(r.hide(at.form.rule, at.form.value))
		last = at.end
	}
	clean.WriteString(text[last:])
	return clean.String()
}

// MayKnow reports whether a known value may stand in an encoded object. What it denies, AgainObject leaves as it is.
func (r *Redactor) MayKnow(json string) bool {
	if strings.Contains(json, `\\`) {
		return true // JSON within JSON: values may be escaped more than once.
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known.touches(json)
}

// AgainObject is Again for an object that Object has cleaned.
func (r *Redactor) AgainObject(object map[string]any) {
	for key, value := range object {
		if text, isText := value.(string); isText && isUntouched(key, text) {
			continue
		}
		object[key] = r.againValue(value)
	}
}

func (r *Redactor) againValue(value any) any {
	switch value := value.(type) {
	case string:
		return r.Again(value)
	case map[string]any:
		r.AgainObject(value)
	case []any:
		for i := range value {
			value[i] = r.againValue(value[i])
		}
	}
	return value
}

// mostLines bounds the lines of a value that are remembered one by one.
const mostLines = 64

// remember has a value found again wherever it stands, as far as it reaches.
func (r *Redactor) remember(rule, value string, surely bool) {
	if strings.Contains(value, "\n") {
		for i, line := range strings.Split(value, "\n") {
			if i < mostLines {
				r.remember(rule, strings.TrimSpace(line), false)
			}
		}
		return
	}
	if strings.Contains(value, Open) || len(value) > 4096 {
		return
	}
	reach := reachOf(value, surely)
	if reach == here {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, isThing := r.things[r.hash(value)]; isThing {
		return
	}
	if r.known.add(rule, value, reach == alone) {
		clear(r.innocent)
	}
}

// mostThings bounds the names that are remembered, some 20 bytes each.
const mostThings = 500_000

// thing remembers that a text is the name of something.
func (r *Redactor) thing(name string) {
	if len(name) < 6 || strings.Contains(name, Open) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.things) < mostThings {
		r.things[r.hash(name)] = struct{}{}
	}
	r.known.drop(name)
}

func (r *Redactor) hash(text string) uint64 { return maphash.String(r.seed, text) }

// learned is how many values are known; it grows when there is something to look for again.
func (r *Redactor) learned() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.known.rules)
}
