package signature

import "strings"

// parser recognises a stack trace that begins with the first of some lines. It looks ahead a bounded number of lines
// before it is sure, so that folding a log stays linear.
type parser func(lines []string) trace

var parsers = []parser{golang, python, spring, dotnet, java, node, rust, ruby, php, native, listing}

// parse returns the trace that begins with the first line; its length is 0 when none does.
func parse(lines []string) trace {
	for _, parser := range parsers {
		if found := parser(lines); found.length > 0 {
			return found
		}
	}
	return trace{}
}

// fold puts the lines of a log together that say one thing.
func fold(lines []line) []entry {
	texts := make([]string, len(lines))
	for i := range lines {
		texts[i] = lines[i].text
	}
	var entries []entry
	for i := 0; i < len(lines); i++ {
		if blank(texts[i]) {
			continue
		}
		found := parse(texts[i:])
		if found.length == 0 {
			entries = append(entries, single(lines[i], i))
			continue
		}
		e := entry{first: i, last: i + found.length - 1, at: lines[i+found.length-1].at, trace: found, level: guessLevel(texts[i])}
		if e.level == debug || e.level == info {
			e.trace.ends = false // It is a quotation.
		}
		entries = headed(entries, e, texts)
		i = e.last
	}
	return entries
}

// headed appends a trace. A logger writes its own line first and the trace below it; both are one entry then.
func headed(entries []entry, e entry, texts []string) []entry {
	if len(entries) == 0 {
		return append(entries, e)
	}
	head := &entries[len(entries)-1]
	near := blank(strings.Join(texts[head.last+1:e.first], ""))
	logged := e.trace.loggable || !e.trace.ends || len(e.trace.chain) == 0
	if !near || !logged || head.traced() || head.level < warning {
		return append(entries, e)
	}
	e.first, e.level, e.message, e.place = head.first, head.level, head.message, head.place
	e.trace.ends = head.level == fatal
	entries[len(entries)-1] = e
	return entries
}

// Limits of looking ahead.
const (
	// ahead is how many lines a message may have before its first frame.
	ahead = 12
	// stray is how many lines of another stream may come between two frames.
	stray = 2
)

// next returns the index of the next line that is one of a trace, from i on, over at most limit others; -1 when none is.
func next(lines []string, i, limit int, belongs func(string) bool) int {
	for j := i; j < len(lines) && j <= i+limit; j++ {
		if belongs(lines[j]) {
			return j
		}
	}
	return -1
}

// framesAhead is a cheap look for frames as the JVM, .NET and Node.js write them.
func framesAhead(lines []string) bool {
	for _, text := range lines[1:min(len(lines), ahead+2)] {
		if strings.HasPrefix(strings.TrimLeft(text, " \t"), "at ") {
			return true
		}
	}
	return false
}

// run returns the index behind the last line that belongs to a trace, from i on.
func run(lines []string, i int, belongs func(string) bool) int {
	for {
		found := next(lines, i, stray, belongs)
		if found < 0 {
			return i
		}
		i = found + 1
	}
}
