package faults

import (
	"regexp"
	"slices"
	"strings"
)

// normal takes out of a text what is another in every run: the server's port, the run's folder, times and sizes.
func normal(text, address, folder string) string {
	text = strings.NewReplacer(address, "SERVER", folder, "FOLDER").Replace(text)
	for _, volatile := range volatiles {
		text = volatile.pattern.ReplaceAllString(text, volatile.by)
	}
	return text
}

var volatiles = []struct {
	pattern *regexp.Regexp
	by      string
}{
	{regexp.MustCompile(`127\.0\.0\.1:\d+->`), "CLIENT->"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*|\d\d:\d\d:\d\dZ?`), "TIME"},
	{regexp.MustCompile(`\b\d+(\.\d+)?(µs|ms|s|m|h|d|y)(\d+(s|m|h|d))?\b`), "AGE"},
	{regexp.MustCompile(`\b\d+(\.\d+)? (KiB|MiB|bytes)`), "SIZE"},
	{regexp.MustCompile(` +`), " "},
}

// complete are the words of a whole answer in the table.
const complete = "the whole answer"

// told is what marks a line that says what was not read, or why.
var told = regexp.MustCompile(`(?i)could not|cannot|not read|not allowed|right to|unknown|it fails|did not|refuse|in part|is cut|was cut|incomplete|too many|✗|` +
	`读不到|无法|没能|未能|没有读|不允许`)

// words are what a run says of the fault, on one line: its sentence on the standard error, else the lines in which its output
// differs from that of a server that is well and that say what was not read.
func (o outcome) words(good outcome) string {
	lines := strings.Split(o.stderr, "\n")
	for _, line := range slices.Backward(lines) {
		if strings.HasPrefix(line, "error: ") || strings.HasPrefix(line, "错误：") {
			return shortened(line)
		}
	}
	if o.stdout == good.stdout && o.stderr == good.stderr {
		return complete
	}
	known := map[string]bool{}
	for line := range strings.SplitSeq(good.stdout+"\n"+good.stderr, "\n") {
		known[line] = true
	}
	var fresh []string
	for line := range strings.SplitSeq(o.stderr+"\n"+o.stdout, "\n") {
		if strings.TrimSpace(line) != "" && !known[line] {
			fresh = append(fresh, line)
		}
	}
	for i, line := range fresh {
		if told.MatchString(line) {
			return shortened(sentence(fresh[i:]))
		}
	}
	return ""
}

// sentence is the first sentence of some lines, or the heading that the first one is: what is listed below it comes in the
// order of what failed first.
func sentence(lines []string) string {
	end := 0
	for end < min(len(lines), 3)-1 && !strings.HasSuffix(lines[end], ":") && !strings.HasSuffix(lines[end], ".") {
		end++
	}
	return strings.Join(lines[:end+1], " ")
}

// longest is how long the words of a row are at most, in runes.
const longest = 240

func shortened(line string) string {
	runes := []rune(strings.Join(strings.Fields(line), " "))
	if len(runes) <= longest {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:longest-1])) + "…"
}
