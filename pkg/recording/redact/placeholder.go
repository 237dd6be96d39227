package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// Open is how every placeholder begins; it is in no text of Kubernetes' own.
const Open = "‹redacted:"

// Placeholder matches a placeholder: the rule that took the value out, and what is the same for equal values.
const Placeholder = Open + `[a-z0-9-]+:[0-9a-f]{6}›`

// hide returns the placeholder of a value and counts it for its rule.
func (r *Redactor) hide(rule, value string) string {
	if value == "" || strings.HasPrefix(value, Open) && r.placeholder.FindString(value) == value {
		return value
	}
	digest := hmac.New(sha256.New, r.salt)
	digest.Write([]byte(value))
	r.count(rule)
	return Open + rule + ":" + hex.EncodeToString(digest.Sum(nil))[:6] + "›"
}

// between calls change with every part of a text that no placeholder covers.
func between(placeholder *regexp.Regexp, text string, change func(string) string) string {
	if !strings.Contains(text, Open) {
		return change(text)
	}
	var changed strings.Builder
	last := 0
	for _, at := range placeholder.FindAllStringIndex(text, -1) {
		changed.WriteString(change(text[last:at[0]]))
		changed.WriteString(text[at[0]:at[1]])
		last = at[1]
	}
	changed.WriteString(change(text[last:]))
	return changed.String()
}
