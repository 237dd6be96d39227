package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pairs finds the values behind the names of secrets: key=value, "key": "value", key: value, key => value, in JSON within JSON,
// in what Go, Python, Ruby and Rust print of their structures, with the colours of a terminal between. It goes through a
// text once, from one = or : to the next; what is looked at around each is bounded.
func (k *keys) pairs(text string) []match {
	var found []match
	for at, from := 0, 0; at < len(text); {
		next, width := separator(text, at)
		if next < 0 {
			break
		}
		m, ok := k.pair(text, next, width, from)
		if !ok {
			at = next + width
			continue
		}
		found = append(found, m)
		at, from = m.after, m.after
	}
	return found
}

// separator returns where the next = or : is, also a full-width one, and how wide.
func separator(text string, from int) (at, width int) {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '=', ':':
			return i, 1
		case 0xEF:
			if strings.HasPrefix(text[i:], "：") || strings.HasPrefix(text[i:], "＝") {
				return i, len("：")
			}
		}
	}
	return -1, 0
}

// pair is the match around one separator, of which nothing lies before from.
func (k *keys) pair(text string, at, width, from int) (match, bool) {
	start, end := keyBefore(text, at, from)
	if start == end {
		return match{}, false
	}
	key := text[start:end]
	rule := k.class(effective(key))
	if key == "PWD" && start > 0 && text[start-1] == ';' {
		rule = "password" // Of a connection; elsewhere it is the working directory.
	}
	if rule == "" && text[at] == '=' {
		// let token: String = "x": the name stands before the type.
		if name := strings.TrimRight(text[max(from, start-mostSpace):start], " "); strings.HasSuffix(name, ":") {
			colon := max(from, start-mostSpace) + len(name) - 1
			first, last := keyBefore(text, colon, from)
			if rule = k.class(effective(text[first:last])); rule != "" {
				start, key = first, text[first:last]
			}
		}
	}
	if rule == "" && bare(key) {
		start = wordsBefore(text, start, from)
		if key = text[start:end]; strings.ContainsRune(key, ' ') {
			rule = k.class(key)
		}
	}
	if rule == "" {
		return match{}, false
	}
	m, ok := valueAfter(text, at+width)
	if !ok {
		return match{}, false
	}
	m.text, m.key, m.rule, m.before = text, key, rule, start
	m.separator = text[at : at+width]
	if spareValue(m) {
		return match{}, false
	}
	if m.isBare {
		m.end = wholeLine(m)
		m.after = m.end
	}
	return m, true
}

// The limits of what is looked at around a separator.
const (
	mostKey   = 128
	mostSpace = 64
)

// keyBefore is the name before a separator, without quotes, brackets and colours around it.
func keyBefore(text string, at, from int) (start, end int) { //nolint:gocognit // A scanner reads better in one piece.
	from = max(from, at-mostKey)
	end = at
	for spaces := 0; end > from && (text[end-1] == ' ' || text[end-1] == '\t') && spaces < 8; spaces++ {
		end--
	}
	for end > from {
		if before := colourBefore(text, from, end); before < end {
			end = before
			continue
		}
		if !strings.ContainsRune("\"'`\\]*", rune(text[end-1])) {
			break
		}
		end--
	}
	start = end
	for start > from {
		if c := text[start-1]; c < utf8.RuneSelf {
			if !isKeyByte(c) {
				break
			}
			start--
			continue
		}
		r, size := utf8.DecodeLastRuneInString(text[from:start])
		if !unicode.IsLetter(r) {
			break
		}
		start -= size
	}
	if start > 0 && (text[start-1] == '[' || text[start-1] == ';') {
		// The end of a colour, as in ESC[1;36mpassword, is no part of the name.
		if m := strings.IndexByte(text[start:end], 'm'); m > 0 && strings.Trim(text[start:start+m], "0123456789") == "" {
			start += m + 1
		}
	}
	if start > 0 && text[start-1] == '\\' && start < end && strings.IndexByte("nrt", text[start]) >= 0 {
		start++ // What JSON writes for a new line.
	}
	return start, end
}

func isKeyByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-' || c == '$'
}

// effective is the part of a key that says what the value is: spring.datasource.password is a password, token.example.com
// a host.
func effective(key string) string {
	key = strings.TrimRight(key, ".-")
	if dot := strings.LastIndexByte(key, '.'); dot >= 0 && key != "sid" {
		last := key[dot+1:]
		if last == "value" || last == "default" || last == "plaintext" {
			key = key[:dot]
			last = key[strings.LastIndexByte(key, '.')+1:]
		}
		key = last
	}
	switch key {
	case "_auth":
		return key
	case "sid": // connect.sid, which is express's.
		return "sessionid"
	}
	return strings.TrimLeft(key, "-.$_")
}

// bare reports whether a word needs those before it to say what it is: "API key: x".
func bare(word string) bool {
	switch strings.ToLower(word) {
	case "key", "keys", "code", "codes", "phrase", "string":
		return true
	}
	return strings.Trim(word, "0123456789") == "" // Unseal key 1
}

// wordsBefore is where up to two words before a word begin.
func wordsBefore(text string, start, from int) int {
	from = max(from, start-40)
	for range 2 {
		word := start
		if word <= from || text[word-1] != ' ' && text[word-1] != '-' {
			break
		}
		word--
		for word > from && (text[word-1]|0x20) >= 'a' && (text[word-1]|0x20) <= 'z' {
			word--
		}
		if word == start-1 {
			break
		}
		start = word
	}
	return start
}

// wholeLine is the end of a value that no quote ends: that of its line, when nothing but the key stands before it and no
// other key behind, as in a dump of an environment or in YAML: a passphrase has several words.
func wholeLine(m match) int {
	begin := max(0, m.before-mostSpace)
	lead := m.text[begin:m.before]
	if line := strings.LastIndexByte(lead, '\n'); line >= 0 {
		lead = lead[line+1:]
	} else if begin > 0 {
		return m.end
	}
	switch strings.TrimSpace(lead) {
	case "", "-", "export", "set", "ENV", "declare -x", "setenv":
	default:
		return m.end
	}
	rest, _, _ := strings.Cut(m.text[m.end:min(len(m.text), m.end+512)], "\n")
	rest, _, _ = strings.Cut(rest, " #")
	rest = strings.TrimRight(rest, " \t\r")
	if !strings.HasPrefix(rest, " ") || strings.ContainsAny(rest, "=:\"'`‹{}\\;|&") {
		return m.end
	}
	// Errors tell of passwords in this form as well; a variable in capitals is set.
	if isProse(m) && strings.ToUpper(m.key) != m.key {
		return m.end
	}
	return m.end + len(rest)
}
