package signature

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// signature is one way in which a cause shows in a log.
type signature struct {
	id, form string
	// hints are words in small letters, one of which the text must hold: a cheap look before the pattern.
	hints []string
	// pattern's named groups are the arguments.
	pattern func() *regexp.Regexp
	// prose is true when the words alone may stand in a harmless sentence. They count in an error or a stack trace only.
	prose bool
	// hint is true when the words tell what may help, and not what is wrong: they never count as the last words.
	hint bool
	// check looks at more than the text.
	check func(link, map[string]string) bool
}

func sign(id string, hints, pattern string) signature {
	return signature{id: id, hints: strings.Split(hints, "|"), pattern: lazily(pattern)}
}

// lazily compiles a pattern when it is needed first: all of them together would slow down every start of every command.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

func (s signature) as(form string) signature { s.form = form; return s }

func (s signature) said() signature { s.prose = true; return s }

func (s signature) advice() signature { s.prose, s.hint = true, true; return s }

func (s signature) when(check func(link, map[string]string) bool) signature {
	s.check = check
	return s
}

// table lists all signatures, the more specific ones first.
var table = slices.Concat(
	forbidden, execFormat, migrations, memory, certificates, environment, databases, addresses, readOnly, diskFull, names, refusals,
	permissions, missingFiles, configurations, timeouts,
)

// hit is a signature that was found in a text.
type hit struct {
	id, form string
	args     map[string]string
	prose    bool
	hint     bool
}

// find holds a link against the table.
func find(l link) (hit, bool) {
	text := l.text()
	lower := strings.ToLower(text)
	for i := range table {
		s := &table[i]
		if !slices.ContainsFunc(s.hints, func(h string) bool { return strings.Contains(lower, h) }) {
			continue
		}
		found := s.pattern().FindStringSubmatch(text)
		if found == nil {
			continue
		}
		args := map[string]string{}
		for g, name := range s.pattern().SubexpNames() {
			if name != "" && found[g] != "" {
				args[name] = found[g]
			}
		}
		if s.check != nil && !s.check(l, args) {
			continue
		}
		settle(args)
		return hit{s.id, s.form, args, s.prose, s.hint}, true
	}
	return hit{}, false
}

// settle brings arguments into one shape: a host and its port are a peer.
func settle(args map[string]string) {
	host, port := args["Host"], args["Port"]
	delete(args, "Host")
	delete(args, "Port")
	switch tail, cut := afterLast(args["Peer"], ":"); {
	case host != "" && port != "":
		args["Peer"] = hostPort(host, port)
	case host != "" && cut:
		args["Peer"] = hostPort(host, tail)
	case host != "":
		args["Peer"] = host
	}
	// Netty writes NAME/ADDRESS:PORT.
	if name, address, cut := strings.Cut(args["Peer"], "/"); cut && name != "" && !strings.Contains(args["Peer"], "://") {
		if port, hasPort := afterLast(address, ":"); hasPort {
			args["Peer"] = name + ":" + port
		}
	}
	if problem := args["Problem"]; problem != "" {
		args["Problem"] = strings.TrimPrefix(firstLine(problem), ">>> ")
	}
	for _, key := range []string{"Peer", "Path", "Address", "File", "Name"} {
		if value := strings.TrimRight(args[key], `.,;:)'"`); value != "" {
			args[key] = value
		}
	}
}

func hostPort(host, port string) string {
	if strings.Contains(host, ":") && !strings.HasPrefix(host, "[") {
		host = "[" + host + "]"
	}
	return host + ":" + port
}

// afterLast is what follows the last separator.
func afterLast(text, separator string) (after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[i+len(separator):], true
	}
	return "", false
}
