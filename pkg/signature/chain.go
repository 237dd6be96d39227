package signature

import (
	"strings"
)

// find returns the signature of an entry, and the place in the source that it names. Of a chain of exceptions the one that
// decides is asked first, then those around it; what the first lacks (a peer, a path), another may tell.
func (e *entry) find() (hit, string, bool) {
	if !e.traced() || len(e.trace.chain) == 0 {
		found, matched := find(link{message: e.message})
		return found, e.place, matched
	}
	for i, l := range e.trace.chain {
		found, matched := find(l)
		if !matched {
			if e.trace.soft {
				break
			}
			continue
		}
		e.complete(&found, i)
		return found, firstOf(l.place, e.placed()), true
	}
	if e.trace.ends || e.message == "" {
		return hit{}, "", false
	}
	found, matched := find(link{message: e.message})
	return found, e.place, matched
}

// placed is the first place that the chain names.
func (e *entry) placed() string {
	for _, l := range e.trace.chain {
		if l.place != "" {
			return l.place
		}
	}
	return e.place
}

// complete fills in what other links of the chain say of the same cause.
func (e *entry) complete(found *hit, but int) {
	others := e.trace.chain
	if e.message != "" {
		others = append(others[:len(others):len(others)], link{message: e.message})
	}
	for i, l := range others {
		if i == but {
			continue
		}
		other, matched := find(l)
		if !matched || other.id != found.id {
			found.args = nameFrom(found, l.message)
			continue
		}
		for key, value := range other.args {
			if found.args[key] == "" {
				found.args[key] = value
			}
		}
		if found.form == "" {
			found.form = other.form
		}
	}
}

var (
	anyPath = lazily(`(?:^|[\s'"(])(/[\w.\-]+(?:/[\w.\-]+)+)`)
	anyPeer = lazily(`(?:^|[\s'"(/@])((?:[a-zA-Z][\w\-]*(?:\.[\w\-]+)*|\d+\.\d+\.\d+\.\d+):\d{2,5})\b`)
	source  = lazily(`\.(?:go|py|js|ts|java|kt|scala|rb|rs|cs|php):\d+$`)
)

// nameFrom adds the file or the peer that a message around the cause names, when the cause itself has none.
func nameFrom(found *hit, message string) map[string]string {
	key, pattern := "", anyPeer
	switch found.id {
	case "log-file-missing", "log-permission-denied", "log-read-only-fs", "log-disk-full":
		key, pattern = "Path", anyPath
	case "log-connection-refused", "log-timeout", "log-tls-error":
		key = "Peer"
	}
	value := pattern().FindStringSubmatch(message)
	if key != "" && found.form == "" && found.args[key] == "" && value != nil && !source().MatchString(value[1]) {
		found.args[key] = value[1]
	}
	return found.args
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// says is the entry's message in one line: of a trace, the exception that decides.
func (e *entry) says() string {
	if len(e.trace.chain) > 0 {
		return firstLine(e.trace.chain[0].text())
	}
	return firstLine(e.message)
}

// sentence is how long a message may be that goes into a sentence.
const sentence = 160

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return middleOut(strings.TrimSpace(line), sentence)
}
