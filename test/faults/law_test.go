package faults

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// breaches are the laws that a run breaks. good is the same command's run on the server that is well.
func (o outcome) breaches(good outcome) []string {
	var broken []string
	breach := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	if o.hung {
		breach("it had not ended after %s", o.limit())
		return broken
	}
	all := o.stdout + "\n" + o.stderr
	if found := trace.FindString(all); found != "" {
		breach("a trace of Go: %q", found)
	}
	if found := nameless.FindString(all); found != "" {
		breach("it names nothing: %q", found)
	}
	if found := jargon.FindString(quoted.ReplaceAllString(all, "")); found != "" {
		breach("a library's words: %q", found)
	}
	if found := markup.FindString(all); found != "" {
		breach("HTML: %q", found)
	}
	if o.command.name == "__complete get" {
		return append(broken, o.completionBreaches(good)...)
	}
	words := o.words(good)
	if words == "" {
		breach("the answer is another than the server's that is well, and nothing says why")
	}
	switch o.code {
	case 0:
		if o.fault.name != "none" && strings.Contains(all, "No pods found") {
			breach("exit 0 and no pods, which nobody could read")
		}
		if words != complete && o.fault.whole(o.command) {
			breach("exit 0, and nothing could be read")
		}
	case 1:
		broken = append(broken, o.errorBreaches(words)...)
	default:
		breach("exit code %d, which is documented nowhere", o.code)
	}
	if o.fault.name == "none" && words != complete {
		breach("the server is well, and it says: %s", words)
	}
	return broken
}

// errorBreaches are those of a run that says that it could not.
func (o outcome) errorBreaches(words string) []string {
	var broken []string
	prefix, sentences := "error: ", 0
	if o.lang == "zh" {
		prefix = "错误："
		if !strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			broken = append(broken, "no Chinese: "+words)
		}
	}
	for line := range strings.SplitSeq(o.stderr, "\n") {
		if strings.HasPrefix(line, prefix) {
			sentences++
		}
	}
	if sentences != 1 && o.command.name != "doctor" { // Whose checklist, on the standard output, says it.
		broken = append(broken, fmt.Sprintf("exit 1, and %d sentences on the standard error say why", sentences))
	}
	if !strings.Contains(o.stdout+o.stderr, "SERVER") && (o.fault.closed || o.fault.waits && o.fault.everything && !o.fault.answers) {
		broken = append(broken, "it does not name the server that it waited for")
	}
	return broken
}

// completionBreaches are those of the shell's completion, which never prints a word beside the candidates.
func (o outcome) completionBreaches(good outcome) []string {
	var broken []string
	if o.code != 0 {
		broken = append(broken, fmt.Sprintf("exit code %d", o.code))
	}
	if extra := strings.TrimSpace(o.stderr); extra != strings.TrimSpace(good.stderr) {
		broken = append(broken, "it writes into the reader's line: "+extra)
	}
	if !directive.MatchString(o.stdout) {
		broken = append(broken, "no directive for the shell")
	}
	return broken
}

// whole reports whether the fault leaves a command nothing to read.
func (f fault) whole(c command) bool {
	if f.partial || f.name == "none" || f.heals {
		return false
	}
	if f.halves && c.name == "capture" { // Which takes down what it was sent.
		return false
	}
	return f.everything || c.name != "version" && c.name != "doctor" && c.name != "capture"
}

var (
	directive = regexp.MustCompile(`(?m)^:\d+$`)

	trace    = regexp.MustCompile(`panic:|goroutine \d+|runtime error|\w+\.go:\d+|nil pointer`)
	nameless = regexp.MustCompile(`(pod|node|deploy|/version|/apis|\w+) "" not found|pod "" has|server \? |pod/ |name may not be empty|: unknown;|\("unknown"\)`)
	jargon   = regexp.MustCompile(`net/http:|context deadline exceeded|context canceled|Client\.Timeout|invalid character|unexpected end of JSON|serializer for|couldn't get version/kind|` +
		`json parse error|0-length response|Original error|Please retry|Object 'Kind' is missing|recording an object|unexpected EOF|: EOF|unknown url scheme|rate limiter`)
	// quoted is a library's word for what is wrong with an answer, behind podkit's own.
	quoted = regexp.MustCompile(`(the answer cannot be read|reading a list): [^\n]*`)
	markup = regexp.MustCompile(`<html|<!DOCTYPE|<head>`)
)
