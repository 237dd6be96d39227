package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// leastPacked is how many letters of base64 must be left of a value for them to stand for it.
const leastPacked = 8

// formsOf are the ways in which a value may be written: as it is, in base64 with anything before and behind it, in a URL, in
// JSON.
func formsOf(value string) []form {
	forms := []form{{text: value, value: value}}
	add := func(text string, packed bool) {
		for i := range forms {
			if forms[i].text == text {
				return
			}
		}
		forms = append(forms, form{text: text, value: value, packed: packed})
	}
	if len(value) >= 7 {
		for before := range 3 {
			text := aligned(value, before)
			if len(text) < leastPacked {
				continue
			}
			add(text, true)
			add(strings.NewReplacer("+", "-", "/", "_").Replace(text), true)
		}
	}
	add(url.QueryEscape(value), false)
	add(url.PathEscape(value), false)
	add(inJSON(value, true), false)
	add(inJSON(value, false), false)
	return forms
}

// aligned is the part of base64 that is the same whatever stands around a value that begins so many bytes behind a
// multiple of three.
func aligned(value string, before int) string {
	text := base64.StdEncoding.EncodeToString(append(make([]byte, before), value...))
	// The first letters hold bits of what is before, the last one of what is behind.
	first := []int{0, 2, 3}[before]
	last := (before + len(value)) * 8 / 6
	return text[first:last]
}

// inJSON is a value as it stands between the quotes of JSON.
func inJSON(value string, html bool) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(html)
	if err := encoder.Encode(value); err != nil {
		return value // A string is always encoded.
	}
	text := strings.TrimSuffix(out.String(), "\n")
	return text[1 : len(text)-1]
}
