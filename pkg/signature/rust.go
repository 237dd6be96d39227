package signature

import (
	"path"
	"slices"
	"strings"
)

var (
	rustOld    = lazily(`^thread '[^']*'(?: \(\d+\))? panicked at '(.*)', (\S+\.rs:\d+)(?::\d+)?$`)
	rustNew    = lazily(`^thread '[^']*'(?: \(\d+\))? panicked at (\S+\.rs:\d+)(?::\d+)?:$`)
	rustFrame  = lazily(`^(?:note: .*|stack backtrace:|\s+\d+: .*|\s+at \S+:\d+(?::\d+)?)$`)
	rustError  = lazily(`^Error: (.*)$`)
	rustCauses = lazily(`^Caused by:$`)
	rustCause  = lazily(`^\s+(?:\d+: )?(.+)$`)
)

// rust reads a panic, or the chain of causes with which main returned (anyhow and eyre: the last one is the innermost).
func rust(lines []string) trace {
	if found := rustOld().FindStringSubmatch(lines[0]); found != nil {
		return trace{length: run(lines, 1, rustFrame().MatchString), ends: true, chain: []link{{kind: "panic", message: found[1], place: path.Base(found[2])}}}
	}
	if found := rustNew().FindStringSubmatch(lines[0]); found != nil {
		start := next(lines, 1, ahead, rustFrame().MatchString)
		if start < 0 {
			start = min(len(lines), 2)
		}
		message := strings.TrimSpace(joinLines("", lines[1:start]))
		return trace{length: run(lines, start, rustFrame().MatchString), ends: true, chain: []link{{kind: "panic", message: message, place: path.Base(found[1])}}}
	}
	found := rustError().FindStringSubmatch(lines[0])
	if found == nil {
		return trace{}
	}
	causes := next(lines, 1, 1, rustCauses().MatchString)
	if causes < 0 {
		return trace{}
	}
	chain := []link{{kind: "Error", message: found[1]}}
	end := causes + 1
	for end < len(lines) && rustCause().MatchString(lines[end]) {
		chain = slices.Insert(chain, 0, link{kind: "Error", message: rustCause().FindStringSubmatch(lines[end])[1]})
		end++
	}
	return trace{length: run(lines, end, rustFrame().MatchString), ends: true, chain: chain}
}
