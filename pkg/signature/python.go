package signature

import (
	"path"
	"strings"
)

var (
	pyHead    = lazily(`^\s*(?:.*\s)?(?:\+ Exception Group )?Traceback \(most recent call last\):$`)
	pyFile    = lazily(`^\s*(?:\|\s*)?File "([^"]+)", line (\d+)(?:, in (.+))?$`)
	pyRaised  = lazily(`^((?:[A-Za-z_]\w*\.)*[A-Z_a-z]\w*)(?:: (.*))?$`)
	pyBetween = lazily(`^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$`)
	pyMore    = lazily(`^(?:\(Background on this error|\[SQL: |\[parameters: |DETAIL: |Reason: |HTTP response )`)
)

// pyBugs are exceptions that tell of a mistake in the code. What was being handled as one occurred is not its cause.
var pyBugs = lazily(`^(?:TypeError|AttributeError|NameError|UnboundLocalError|IndexError|AssertionError|ZeroDivisionError|SyntaxError|IndentationError|RecursionError|NotImplementedError|KeyError)$`)

// python reads a traceback. Of chained exceptions the last one ended the process (traceback.py, TracebackException.format).
func python(lines []string) trace {
	if !strings.HasSuffix(lines[0], "(most recent call last):") || !pyHead().MatchString(lines[0]) {
		return trace{}
	}
	found, handling := trace{ends: true, loggable: true}, false
	for at := 0; at < len(lines); {
		raised, end := pyBlock(lines, at)
		if raised.kind == "" {
			found.length = max(found.length, end)
			break
		}
		found.chain, found.length = append([]link{raised}, found.chain...), end
		found.soft = handling && pyBugs().MatchString(raised.kind)
		between := next(lines, end, 1, pyBetween().MatchString)
		if between < 0 {
			break
		}
		handling = strings.HasPrefix(lines[between], "During")
		if at = next(lines, between+1, 1, pyHead().MatchString); at < 0 {
			break
		}
	}
	return found
}

// pyBlock reads one traceback, from its head to the message, and returns the index behind it.
func pyBlock(lines []string, at int) (link, int) {
	frames := at + 1
	end := frames
	for end < len(lines) && (indented(lines[end]) || blank(lines[end])) {
		end++
	}
	if end == len(lines) {
		return link{}, end
	}
	if !pyRaised().MatchString(lines[end]) {
		// A line of another stream stands between.
		if later := next(lines, end+1, stray-1, func(l string) bool { return pyFile().MatchString(l) || indented(l) }); later > 0 {
			return pyBlock(lines, later-1)
		}
		return link{}, end
	}
	found := pyRaised().FindStringSubmatch(lines[end])
	raised := link{kind: found[1], message: found[2], place: pyPlace(lines[frames:end]), frames: strings.Join(lines[frames:end], "\n")}
	end++
	for start := end; end < len(lines) && end < start+ahead && pyContinues(lines, end); end++ {
		raised.message += "\n" + lines[end]
	}
	return raised, end
}

// pyContinues reports whether a message goes on: with an indented line, the name of a field above one, or a note.
func pyContinues(lines []string, i int) bool {
	text := lines[i]
	if blank(text) {
		return i+1 < len(lines) && pyMore().MatchString(lines[i+1])
	}
	if indented(text) || pyMore().MatchString(text) {
		return true
	}
	return !strings.ContainsAny(text, " :[{") && i+1 < len(lines) && indented(lines[i+1])
}

// pyPlace is the last frame of the app itself, else the last one.
func pyPlace(frames []string) string {
	place, own := "", false
	for _, text := range frames {
		found := pyFile().FindStringSubmatch(text)
		if found == nil {
			continue
		}
		app := !strings.Contains(found[1], "site-packages") && !strings.Contains(found[1], "lib/python") &&
			!strings.Contains(found[1], "dist-packages") && !strings.HasPrefix(found[1], "<frozen")
		if own && !app {
			continue
		}
		place, own = path.Base(found[1])+":"+found[2], app
		if found[3] != "" && found[3] != "<module>" {
			place += " in " + found[3]
		}
	}
	return place
}
