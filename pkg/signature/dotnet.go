package signature

import (
	"path"
	"slices"
	"strings"
)

var (
	netLogger = lazily(`^(?:fail|crit|warn): [\w.+\[\]]+\[\d+\]$`)
	netRaised = lazily(`^\s*(Unhandled exception\. |---> )?(?:\(Inner Exception #\d+\) )?((?:[A-Z]\w*\.)+\w*(?:Exception|Error))(?: \([^)]*\))?(?:: (.*))?$`)
	netFrame  = lazily(`^\s+at (.+?)\(.*\)(?: in (.+):line (\d+))?$`)
	netEnd    = lazily(`^\s*--- End of (?:inner exception stack trace|stack trace from previous location).*---$`)
)

// dotnet reads an exception of .NET, alone or below a line of its console logger; the innermost "--->" decides
// (Exception.ToString).
func dotnet(lines []string) trace {
	logged := netLogger().MatchString(lines[0])
	start := 0
	if logged {
		start = next(lines, 1, 4, netRaised().MatchString)
	}
	if start < 0 || start >= len(lines) || !netRaised().MatchString(lines[start]) {
		return trace{}
	}
	unhandled := strings.HasPrefix(lines[start], "Unhandled exception. ")
	belongs := func(l string) bool {
		return netFrame().MatchString(l) || netEnd().MatchString(l) || indented(l) && netRaised().MatchString(l)
	}
	if !unhandled && next(lines, start+1, ahead, netFrame().MatchString) < 0 {
		return trace{}
	}
	frames := next(lines, start+1, ahead, belongs)
	if frames < 0 {
		frames = start + 1
	}
	end := run(lines, frames, belongs)
	found := trace{length: end, ends: unhandled || logged && strings.HasPrefix(lines[0], "crit")}
	for i := start; i < end; i++ {
		if raised := netRaised().FindStringSubmatch(lines[i]); raised != nil {
			message := raised[3]
			if i == start {
				message = joinLines(message, lines[start+1:frames])
			}
			found.chain = slices.Insert(found.chain, 0, link{kind: raised[2], message: strings.TrimSuffix(message, "\r")})
		}
	}
	found.chain[0].place, found.chain[0].frames = netPlace(lines[start:end]), strings.Join(lines[start:min(end, start+ahead)], "\n")
	return found
}

// netPlace is the first frame of which the source is known.
func netPlace(frames []string) string {
	for _, text := range frames {
		if found := netFrame().FindStringSubmatch(text); found != nil && found[2] != "" {
			function := found[1][strings.LastIndex(found[1], ".")+1:]
			return path.Base(found[2]) + ":" + found[3] + " in " + function
		}
	}
	return ""
}
