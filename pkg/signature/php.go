package signature

import (
	"path"
	"slices"
	"strings"
)

var (
	phpFatal  = lazily(`(?:PHP )?(?:Fatal|Parse) error:\s+(?:Uncaught )?(?:([A-Z][\w\\]*): )?(.*?)(?: in (/\S+?)(?::(\d+)| on line (\d+)))?$`)
	phpNext   = lazily(`^Next ([A-Z][\w\\]*): (.*?)(?: in (/\S+?):(\d+))?$`)
	phpFrame  = lazily(`^(?:Stack trace:|#\d+ .*|\s*thrown in .* on line \d+)$`)
	phpThrown = lazily(`Fatal error:|Parse error:`)
)

// php reads an error that ended a script; the first exception is the innermost, those after "Next" were thrown because of
// it (Exception::__toString).
func php(lines []string) trace {
	if !phpThrown().MatchString(lines[0]) {
		return trace{}
	}
	raised := phpFatal().FindStringSubmatch(lines[0])
	if raised == nil {
		return trace{}
	}
	belongs := func(l string) bool { return phpFrame().MatchString(l) || phpNext().MatchString(l) }
	found := trace{length: run(lines, 1, belongs), ends: true}
	inner := link{kind: strings.TrimPrefix(raised[1], `\`), message: raised[2], place: phpPlace(raised[3], raised[4]+raised[5])}
	if inner.kind == "" {
		inner.kind = "Fatal error"
	}
	found.chain = []link{inner}
	for _, text := range lines[1:found.length] {
		if outer := phpNext().FindStringSubmatch(text); outer != nil {
			found.chain = slices.Insert(found.chain, len(found.chain), link{kind: outer[1], message: outer[2], place: phpPlace(outer[3], outer[4])})
		}
	}
	return found
}

func phpPlace(file, line string) string {
	if file == "" {
		return ""
	}
	return path.Base(file) + ":" + line
}
