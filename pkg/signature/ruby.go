package signature

import (
	"path"
	"slices"
	"strings"
)

var (
	rubyRaised  = lazily("^(?:\\S+ )?(\\S+?):(\\d+):in [`'](.+?)': (.*?)(?: \\(([A-Z]\\w*(?:::\\w+)*)\\))?$")
	rubyFrom    = lazily(`^\s+(?:\d+: )?from \S+:\d+:in `)
	rubyAborted = lazily(`^(?:\S*ra(?:ke|ils)) aborted!$`)
	rubyNamed   = lazily(`^([A-Z]\w*(?:::\w+)*): (.*)$`)
	rubyFrame   = lazily("^(?:\\S+:\\d+:in [`'].*|Caused by:|Tasks: TOP.*|\\(See full trace.*)$")
)

// ruby reads an exception that nobody rescued; a cause stands below what it led to. Rake and Rails write theirs otherwise.
func ruby(lines []string) trace {
	if rubyAborted().MatchString(lines[0]) && len(lines) > 1 && rubyNamed().MatchString(lines[1]) {
		return rake(lines)
	}
	if !rubyRaised().MatchString(lines[0]) {
		return trace{}
	}
	found := trace{}
	for at := 0; at < len(lines) && rubyRaised().MatchString(lines[at]); {
		raised := rubyRaised().FindStringSubmatch(lines[at])
		end := run(lines, at+1, rubyFrom().MatchString)
		if raised[5] == "" && end == at+1 {
			break
		}
		exception := link{kind: raised[5], message: raised[4], place: rubyPlace(raised, lines[at+1:end])}
		exception.frames = strings.Join(lines[at:min(end, at+ahead)], "\n")
		found.chain, found.length, found.ends = slices.Insert(found.chain, 0, exception), end, true
		at = end
	}
	return found
}

var rubyCaller = lazily("^\\s+(?:\\d+: )?from (\\S+?):(\\d+):in [`'](.+)'$")

// rubyPlace is the first frame of the app itself, else the one that raised.
func rubyPlace(raised, callers []string) string {
	place := raised[1:4]
	for _, text := range callers {
		if !strings.Contains(place[0], "/gems/") && !strings.Contains(place[0], "/lib/ruby/") && !strings.HasPrefix(place[0], "<internal") {
			break
		}
		if caller := rubyCaller().FindStringSubmatch(text); caller != nil {
			place = caller[1:4]
		}
	}
	return path.Base(place[0]) + ":" + place[1] + " in " + place[2]
}

func rake(lines []string) trace {
	found := trace{ends: true}
	for at := 1; at < len(lines) && rubyNamed().MatchString(lines[at]); {
		raised := rubyNamed().FindStringSubmatch(lines[at])
		end := run(lines, at+1, rubyFrame().MatchString)
		exception := link{kind: raised[1], message: raised[2], frames: strings.Join(lines[at:min(end, at+ahead)], "\n")}
		found.chain, found.length = slices.Insert(found.chain, 0, exception), end
		at = end
	}
	return found
}
