package redact

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// place is a part of a line that is a secret.
type place struct {
	start, end int
	rule       string
}

var (
	// announced is how a line ends whose value is on the lines behind it: password: |
	announced = regexp.MustCompile(`[:：=]\s*(?:!!?\w+\s*)?(?:&\w+\s*)?[|>][-+0-9]{0,2}\s*(?:#.*)?$`)
	// mapping is a line that begins with a key of its own.
	mapping = regexp.MustCompile(`^(?:- +)?["']?[\p{L}\p{N}_.$/-]+["']?\s*[:：](?:\s|$)|^[{}\[\]]`)
	// generated is prose after which a password stands on a line of its own.
	generated = regexp.MustCompile(`(?i)\b(?:password|passphrase|token|secret|unlock key|api key)\b[^"'=]{0,80}:?\s*$|密码|口令|令牌|密钥`)
	// named lines are those of {name: DB_PASSWORD, value: x} and of .netrc.
	namedLine = regexp.MustCompile(`^\s*(?:- +)?\{?["']?(?:name|key|Name|Key)["']?\s*[:=]\s*["']?([\p{L}0-9_.-]+)["']?,?\s*$`)
	valueLine = regexp.MustCompile(`^\s*(?:- +)?["']?(?:value|Value)["']?\s*[:=]\s*["']?(.*?)["']?,?\s*$`)
	flagLine  = regexp.MustCompile(`^\s*-?\s*["']?(--?[\p{L}0-9_.-]+)["']?,?\s*$`)
	wordLine  = regexp.MustCompile(`^\s*-?\s*["']?(.*?)["']?,?\s*$`)
	netrcLine = regexp.MustCompile(`^\s*(?:machine\s+\S+|default\b|login\s+\S+)`)
	netrcPass = regexp.MustCompile(`^\s*(?:login\s+\S+\s+)?password\s+(\S+)\s*$`)
)

// blocks marks what is secret in lines because of those before them: the values of YAML that are announced with | or >, or
// that simply stand on the next line; the items below a key; pairs of a name and its value; .netrc; and what follows
// "the generated password is:". A line's place is nil when there is nothing.
func (k *keys) blocks(lines []string) []*place {
	var marked []*place
	mark := func(i, start, end int, rule string) {
		if marked == nil {
			marked = make([]*place, len(lines))
		}
		if end > start && marked[i] == nil {
			marked[i] = &place{start, end, rule}
		}
	}
	for i := range lines {
		line := strings.TrimRight(lines[i], " \t\r")
		if line == "" || i+1 == len(lines) {
			continue
		}
		switch line[len(line)-1] {
		case ':', '|', '>', '-', '+', '=', '1', '2', '3', '4', '5', '6', '7', '8', '9', 0x9A, '\\':
			k.below(lines, i, line, mark)
		}
		k.beside(lines, i, line, mark)
	}
	return marked
}

// below marks the lines that are the value of a key at the end of a line.
func (k *keys) below(lines []string, i int, line string, mark func(i, start, end int, rule string)) { //nolint:gocognit // A scanner reads better in one piece.
	at := announced.FindStringIndex(line)
	block := at != nil
	colon := len(line) - 1
	switch {
	case block:
		colon = at[0]
	case strings.HasSuffix(line, "：") || strings.HasSuffix(line, ":\\") || strings.HasSuffix(line, "=\\"):
		_, size := utf8.DecodeLastRuneInString(line)
		if colon = len(line) - size; line[colon] == '\\' {
			colon--
		}
	case line[colon] != ':' && line[colon] != '=':
		return
	}
	start, end := keyBefore(line, colon, 0)
	rule := k.class(effective(line[start:end]))
	if rule == "" {
		return
	}
	before := strings.Trim(line[:start], " \t-\"'")
	depth := indent(line)
	for j := i + 1; j < len(lines); j++ {
		next := strings.TrimRight(lines[j], " \t\r")
		inside := indent(next)
		text := next[min(inside, len(next)):]
		switch {
		case text == "":
			if !block {
				return
			}
			continue
		case inside < depth, inside == depth && (block || !strings.HasPrefix(text, "- ")):
			return
		case block:
			mark(j, inside, len(next), rule)
			continue
		case before != "" || mapping.MatchString(text):
			return
		}
		item := len(text) - len(strings.TrimLeft(strings.TrimPrefix(text, "- "), " "))
		value := wordLine.FindStringSubmatchIndex(text[item:])
		scalar := text[item+value[2] : item+value[3]]
		if scalar == "" || says(scalar) || rule != "password" && strings.Contains(scalar, " ") || isWord(scalar) && rule != "password" && item > 0 {
			return
		}
		mark(j, inside+item+value[2], inside+item+value[3], rule)
	}
}

// beside marks the value on the next line of what is no key.
func (k *keys) beside(lines []string, i int, line string, mark func(i, start, end int, rule string)) {
	begin := strings.TrimLeft(line, " \t-\"'{")
	switch next := lines[i+1]; {
	case begin == "":
	case len(line) < mostKey && strings.IndexByte("nNkK", begin[0]) >= 0 && namedLine.MatchString(line):
		rule := k.class(effective(namedLine.FindStringSubmatch(line)[1]))
		value := valueLine.FindStringSubmatchIndex(next)
		switch {
		case rule == "" || value == nil:
		case isBlockText(next[value[2]:value[3]]):
			k.under(lines, i+1, rule, mark)
		case !says(next[value[2]:value[3]]):
			mark(i+1, value[2], value[3], rule)
		}
	case len(line) < mostKey && strings.Contains(line[:len(line)-len(begin)], "-") && flagLine.MatchString(line):
		rule := k.class(effective(strings.TrimLeft(flagLine.FindStringSubmatch(line)[1], "-")))
		value := wordLine.FindStringSubmatchIndex(next)
		if text := next[value[2]:value[3]]; rule != "" && !strings.HasPrefix(text, "-") && !says(text) && !strings.Contains(text, " ") {
			mark(i+1, value[2], value[3], rule)
		}
	case strings.IndexByte("mdl", begin[0]) >= 0 && netrcLine.MatchString(line):
		for j := i + 1; j < len(lines) && j <= i+3; j++ {
			if at := netrcPass.FindStringSubmatchIndex(lines[j]); at != nil {
				mark(j, at[2], at[3], "password")
				return
			}
		}
	default:
		k.after(lines, i, line, mark)
	}
}

// after marks what stands alone on a line behind prose that announces a password.
func (k *keys) after(lines []string, i int, line string, mark func(i, start, end int, rule string)) {
	j := i + 1
	if strings.TrimSpace(lines[j]) == "" && j+1 < len(lines) {
		j++
	}
	if len(line) > 300 || len(lines[j]) > 300 {
		return
	}
	text := strings.TrimSpace(lines[j])
	if len(text) < 8 || strings.ContainsAny(text, " =:/(){}<>") || !digitsAndLetters(text) || !generated.MatchString(line) {
		return
	}
	start := strings.Index(lines[j], text)
	mark(j, start, start+len(text), "password")
}

// isBlockText reports whether a value is on the lines behind.
func isBlockText(text string) bool { return text != "" && isBlock(text) }

// under marks the lines that are deeper than a line.
func (k *keys) under(lines []string, i int, rule string, mark func(i, start, end int, rule string)) {
	depth := indent(lines[i])
	for j := i + 1; j < len(lines); j++ {
		next := strings.TrimRight(lines[j], " \t\r")
		if next != "" && indent(next) <= depth {
			return
		}
		mark(j, indent(next), len(next), rule)
	}
}

// indent is how deep a line begins.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// escapedLine is how one line holds several, as JSON does.
var escapedLine = regexp.MustCompile(`\\+n`)

// inner is blocks for the lines that one line holds: {"msg":"password: |\n  x\n"}.
func (k *keys) inner(text string) []match {
	cuts := escapedLine.FindAllStringIndex(text, -1)
	if len(cuts) == 0 {
		return nil
	}
	var lines []string
	var starts []int
	last := 0
	for _, cut := range append(cuts, []int{len(text), len(text)}) {
		segment := text[last:cut[0]]
		// The quote in which the lines stand ends the last of them.
		if end := strings.IndexByte(segment, '"'); len(lines) > 0 && end >= 0 && cut[0] == len(text) {
			segment = strings.TrimRight(segment[:end], `\`)
		}
		if len(lines) == 0 {
			// And begins before the first.
			if quote := strings.LastIndexByte(segment, '"'); quote >= 0 && !strings.HasSuffix(segment, `"`) {
				last += quote + 1
				segment = segment[quote+1:]
			}
		}
		lines, starts = append(lines, segment), append(starts, last)
		last = cut[1]
	}
	var found []match
	for i, at := range k.blocks(lines) {
		if at != nil {
			found = append(found, match{text: text, start: starts[i] + at.start, end: starts[i] + at.end, rule: at.rule})
		}
	}
	return found
}

// lines is blocks for a text of several lines.
func (k *keys) lines(text string) []match {
	if !strings.Contains(text, "\n") {
		return nil
	}
	lines := strings.Split(text, "\n")
	var found []match
	start := 0
	marked := k.blocks(lines)
	for i, line := range lines {
		if marked != nil && marked[i] != nil {
			found = append(found, match{text: text, start: start + marked[i].start, end: start + marked[i].end, rule: marked[i].rule})
		}
		start += len(line) + 1
	}
	return found
}
