package redact

import (
	"slices"
	"strings"
)

// commands finds the secrets in the words of commands that a text holds, one after the other, in quotes, or as a list in
// JSON: what follows a flag that is called as a secret is, and what programs take in ways of their own (tools).
func (k *keys) commands(text string) []match {
	words := split(text)
	var found []match
	for _, hit := range k.command(words) {
		w := words[hit.word]
		m := match{text: text, start: w.start + hit.from, end: w.start + hit.to, rule: hit.rule}
		if hit.from == 0 && hit.to == len(w.text) && w.quoted > m.end {
			m.end = w.quoted
		}
		if n := len(found); m.end > m.start && (n == 0 || m.start >= found[n-1].end) {
			found = append(found, m)
		}
	}
	return found
}

// word is a word of a command within a text.
type word struct {
	text  string
	start int
	// quoted is where the quote ends that begins right before the word; 0 without one.
	quoted int
	// tight is set where only that quote stands between the word and the one before it: -p'x y'.
	tight bool
	// first is set for a word that begins a command: behind ; | & and a new line.
	first bool
}

const mostWords = 100_000

// split cuts a text into words. Quotes, brackets and commas between quotes separate as blanks do, so that ["a","b"] is the
// same two words as a b.
func split(text string) []word { //nolint:gocognit // A scanner reads better in one piece.
	var words []word
	first := true
	for i := 0; i < len(text) && len(words) < mostWords; {
		switch c := text[i]; {
		case c == '\n' || c == ';' || c == '|' || c == '&' && strings.HasPrefix(text[i:], "&&"):
			first = first || c != '\n' || !isItem(text[i+1:])
			i++
			continue
		case isGap(c), c == '\\' && i+1 < len(text) && isGap(text[i+1]):
			i++
			continue
		case c == '\\' && i+1 < len(text) && text[i+1] == 'n':
			first = true
			i += 2
			continue
		case c == '-' && i+1 < len(text) && text[i+1] == ' ':
			i++ // An item of YAML.
			continue
		}
		w := word{start: i, first: first}
		first = false
		if i > 0 && (text[i-1] == '"' || text[i-1] == '\'') {
			if end := strings.IndexAny(text[i:min(len(text), i+512)], text[i-1:i]+"\n"); end > 0 && text[i+end] == text[i-1] {
				w.quoted = i + end
				w.tight = len(words) > 0 && words[len(words)-1].start+len(words[len(words)-1].text) == i-1
				for w.quoted > i && text[w.quoted-1] == '\\' {
					w.quoted--
				}
			}
		}
		for i < len(text) && text[i] != '\n' && text[i] != ';' && text[i] != '|' {
			if reference := strings.IndexByte(text[i:min(len(text), i+mostKey)], ')'); strings.HasPrefix(text[i:], "$(") && reference > 0 {
				i += reference + 1
				continue
			}
			if isGap(text[i]) {
				break
			}
			if text[i] == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\'' || text[i+1] == 'n') {
				break
			}
			if strings.HasPrefix(text[i:], "‹") {
				break
			}
			i++
		}
		if i == w.start {
			i++
			continue
		}
		w.text = text[w.start:i]
		words = append(words, w)
	}
	return words
}

// isItem reports whether a line is an item of a list in YAML.
func isItem(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), "- ") }

func isGap(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '"', '\'', '`', '[', ']', '(', ')', ',':
		return true
	}
	return false
}

// hit is a part of a word that is a secret.
type hit struct {
	word, from, to int
	rule           string
}

// line is one command while its words are gone through.
type line struct {
	tool *tool
	// since is the word that the program is, within is set behind the subcommand that the tool needs.
	since  int
	within bool
}

// command goes through words.
func (k *keys) command(words []word) []hit {
	var hits []hit
	var at line
	for i := range words {
		text := words[i].text
		if words[i].first {
			at = line{}
		}
		if t := toolOf(text); t != nil {
			at = line{tool: t, since: i, within: t.needs == ""}
			continue
		}
		if at.tool != nil && text == at.tool.needs {
			at.within = true
		}
		switch h, ok := k.flag(words, i); {
		case ok:
			hits = append(hits, h)
		case at.tool != nil && at.within:
			hits = append(hits, at.tool.hits(words, i, at.since)...)
		}
	}
	return hits
}

// setters are the words before the name and the value of what is set, of commands and of the configuration of web servers.
var setters = []string{"set", "setenv", "proxy_set_header", "add_header", "request_header", "fastcgi_param", "uwsgi_param", "header", "env"}

// flag hides what follows a flag that is called as a secret is: --password x; and what follows the name of a setting that
// is being set: config set db.password x.
func (k *keys) flag(words []word, i int) (hit, bool) {
	if i == 0 || words[i].first {
		return hit{}, false
	}
	name, value := words[i-1].text, words[i].text
	set := i > 1 && !words[i-1].first && slices.Contains(setters, strings.ToLower(words[i-2].text)) && !strings.ContainsAny(name, "=:")
	if !set && !isFlag(name) {
		return hit{}, false
	}
	rule := k.class(effective(strings.TrimLeft(name, "-")))
	if rule == "" || strings.HasPrefix(value, "-") && !digitsAndLetters(value) || says(value) || value == "\\" {
		return hit{}, false
	}
	if set && isWord(value) || rule == "token" && isNumber(value) {
		return hit{}, false
	}
	return hit{i, 0, len(value), rule}, true
}

// isFlag reports whether a word is a flag that takes the next one.
func isFlag(word string) bool {
	return len(word) > 2 && word[0] == '-' && !strings.ContainsAny(word, "= :") && word != "---"
}
