package signature

import (
	"strings"
)

var (
	cppThrown  = lazily(`^(?:libc\+\+abi: )?terminat(?:e called after throwing an instance of '([^']+)'|ing (?:due to|with) uncaught exception of type ([^:]+)(?:: (.*))?)`)
	cppWhat    = lazily(`^\s*what\(\):\s+(.*)$`)
	missing    = lazily(`(?i)(?:missing|invalid|required|following)[^:]*\b(?:env(?:ironment)?)\b[^:]*:\s*$`)
	redisError = lazily(`^\*\*\* FATAL CONFIG FILE ERROR`)
)

// native reads an exception of C++ that nobody caught.
func native(lines []string) trace {
	found := cppThrown().FindStringSubmatch(lines[0])
	if found == nil {
		return trace{}
	}
	thrown, length := link{kind: found[1] + found[2], message: found[3]}, 1
	if len(lines) > 1 && cppWhat().MatchString(lines[1]) {
		thrown.message, length = cppWhat().FindStringSubmatch(lines[1])[1], 2
	}
	return trace{length: length, ends: true, chain: []link{thrown}}
}

// redisLines is how many lines Redis writes of a mistake in its configuration (src/config.c, loadServerConfigFromString).
const redisLines = 4

// listing reads a complaint whose subject stands on the lines below it: names of variables, a line of a configuration.
func listing(lines []string) trace {
	redis := redisError().MatchString(lines[0])
	if !redis && (!strings.HasSuffix(lines[0], ":") || !missing().MatchString(lines[0])) {
		return trace{}
	}
	end, limit := 1, ahead
	if redis {
		limit = redisLines
	}
	for end < len(lines) && end < limit && !blank(lines[end]) && (redis || indented(lines[end]) || strings.HasPrefix(lines[end], "-")) {
		end++
	}
	if end == 1 {
		return trace{}
	}
	return trace{length: end, ends: redis, chain: []link{{message: joinLines(words(lines[0]), lines[1:end])}}}
}
