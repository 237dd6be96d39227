package redact

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// pgpass is a line of .pgpass: host:port:database:user:password.
	pgpass = regexp.MustCompile(`^[A-Za-z0-9_.*-]+:(?:[0-9]{4,5}|\*):[A-Za-z0-9_*-]+:[A-Za-z0-9_*.-]+:(?P<v>(?:[^:\\]|\\[:\\])+)$`)
	// userInfo is user:password@host:port without a scheme.
	userInfo = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}:(?P<v>[^/:@=]{4,128})@[A-Za-z0-9_.-]+:[0-9]{2,5}(?:[/?,;]|$)`)
)

// tokens finds secrets by the form of a whole word, between blanks and quotes: lines of .pgpass, user:password@host:port,
// and base64 in which one stands (holds looks into what was packed).
func tokens(text string, holds func(string) bool) []match { //nolint:gocognit // A scanner reads better in one piece.
	var found []match
	start, colons, at, plain := 0, 0, 0, 0
	end := func(i int) {
		word := text[start:i]
		switch {
		case colons >= 4 || at > 0 && colons >= 2:
			for _, form := range []*regexp.Regexp{pgpass, userInfo} {
				place := form.FindStringSubmatchIndex(word)
				if place == nil {
					continue
				}
				m := match{text: text, start: start + place[2], end: start + place[3], before: start, after: i, rule: "password"}
				if spared := form == pgpass && spareAddress(m) || form == userInfo && spareUserInfo(m); !spared {
					found = append(found, m)
				}
			}
		case plain >= 24 && holds != nil:
			if from, to := packed(word, holds); to > from {
				found = append(found, match{text: text, start: start + from, end: start + to, rule: "packed"})
			}
		}
		start, colons, at, plain = i+1, 0, 0, 0
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c <= ' ' || c == '"' || c == '\'' || c == '`' || c == '=' && i+1 < len(text) && text[i+1] != '=' && text[i+1] > ' ' && text[i+1] != '"':
			end(i)
		case c == '\\' && i+1 < len(text) && (text[i+1] == 'n' || text[i+1] == '"'):
			end(i)
			start, i = i+2, i+1
		case c == ':':
			colons++
		case c == '@':
			at++
		default:
			plain++
		}
	}
	end(len(text))
	return found
}

// base64Run is what base64 may look like: a long run of its letters.
var base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{24,}={0,2}`)

// packed is the part of a word that is base64 of a text with a secret in it.
func packed(word string, holds func(string) bool) (from, to int) {
	for _, at := range base64Run.FindAllStringIndex(word, 8) {
		text, ok := unpacked(word[at[0]:at[1]])
		if ok && holds(text) {
			return at[0], at[1]
		}
	}
	return 0, 0
}

// unpacked is the text that base64 stands for; what is no text is none.
func unpacked(word string) (string, bool) {
	word = strings.TrimRight(word, "=")
	if len(word) > 64<<10 || strings.Trim(word, "0123456789abcdef") == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz-_/") == "" {
		return "", false // A digest; words.
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(word, "-_") {
		encoding = base64.RawURLEncoding
	}
	text, err := encoding.DecodeString(word)
	if err != nil || !utf8.Valid(text) {
		return "", false
	}
	odd := strings.ContainsFunc(string(text), func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) })
	return string(text), !odd
}
