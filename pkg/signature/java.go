package signature

import (
	"slices"
	"strings"
)

var (
	// javaHead is a throwable at the end of a line or before its message: a class in a package.
	javaHead  = lazily(`(?:^|[\s:\[(])((?:[a-z_][\w$]*\.)+[A-Z][\w$]*)(?:: (.*))?$`)
	javaFrame = lazily(`^\s+at (?:[\w.\-]+/{1,2})?([\w.$<>/@-]+)\(([^():]*(?::\d+)?)\)`)
	javaMore  = lazily(`^\s*\.\.\. \d+ (?:more|common frames omitted)`)
	javaCause = lazily(`^\s*Caused by: (\S+?)(?:: (.*))?$`)
	javaOther = lazily(`^\s*(?:Suppressed|Wrapped by): `)
)

// java reads a stack trace of the JVM: the innermost "Caused by" decides (Throwable.printStackTrace).
func java(lines []string) trace {
	if !strings.Contains(lines[0], ".") || !framesAhead(lines) {
		return trace{}
	}
	head := javaHead().FindStringSubmatch(lines[0])
	if head == nil {
		return trace{}
	}
	start := next(lines, 1, ahead, javaFrame().MatchString)
	if start < 0 {
		return trace{}
	}
	// A logger's name above the throwable is the head of an entry, not a throwable.
	if slices.ContainsFunc(lines[1:start], func(l string) bool { return !indented(l) && javaHead().MatchString(l) }) {
		return trace{}
	}
	end := run(lines, start, javaBelongs)
	found := trace{length: end, ends: strings.HasPrefix(lines[0], "Exception in thread ")}
	current := link{kind: head[1], message: joinLines(head[2], lines[1:start])}
	from := start
	for i := start; i < end; i++ {
		cause := javaCause().FindStringSubmatch(lines[i])
		if cause == nil {
			continue
		}
		found.chain = slices.Insert(found.chain, 0, javaPlaced(current, lines[from:i]))
		frames := next(lines[:end], i+1, ahead, javaBelongs)
		if frames < 0 {
			frames = i + 1
		}
		current, from = link{kind: cause[1], message: joinLines(cause[2], lines[i+1:frames])}, frames
	}
	found.chain = slices.Insert(found.chain, 0, javaPlaced(current, lines[from:end]))
	return found
}

func javaBelongs(text string) bool {
	return javaFrame().MatchString(text) || javaCause().MatchString(text) || javaMore().MatchString(text) || javaOther().MatchString(text)
}

func joinLines(message string, more []string) string {
	for _, text := range more {
		if !blank(text) {
			message += "\n" + text
		}
	}
	return message
}

// javaLibraries are packages in which the reader's own mistake is not.
var javaLibraries = lazily(`^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|scala|org\.springframework|org\.hibernate|org\.postgresql|com\.mysql|com\.zaxxer|` +
	`io\.netty|io\.lettuce|org\.apache|liquibase|org\.flywaydb|org\.yaml|com\.fasterxml|reactor|io\.quarkus|redis\.clients)\.`)

// javaPlaced fills in the first frame that is neither of the JDK nor of a library that many use.
func javaPlaced(l link, frames []string) link {
	l.frames = strings.Join(frames[:min(len(frames), ahead)], "\n")
	for _, text := range frames {
		found := javaFrame().FindStringSubmatch(text)
		if javaOther().MatchString(text) {
			break
		}
		if found == nil || !strings.Contains(found[2], ":") {
			continue
		}
		if !javaLibraries().MatchString(found[1]) {
			l.place = found[2]
			break
		}
	}
	return l
}

var springFailed = lazily(`^APPLICATION FAILED TO START$`)

// spring reads the page that Spring Boot prints when it knows what kept the application from starting
// (LoggingFailureAnalysisReporter).
func spring(lines []string) trace {
	if !strings.HasPrefix(lines[0], "*****") {
		return trace{}
	}
	title := next(lines, 1, 1, springFailed().MatchString)
	if title < 0 {
		return trace{}
	}
	from := next(lines, title, ahead, func(l string) bool { return l == "Description:" })
	if from < 0 {
		return trace{}
	}
	const page = 40
	to := next(lines, from, page, func(l string) bool { return l == "Action:" })
	if to < 0 {
		to = min(len(lines), from+page)
	}
	end := to
	for end < len(lines) && end < to+4 {
		end++
	}
	return trace{length: end, ends: true, chain: []link{{kind: "APPLICATION FAILED TO START", message: strings.TrimSpace(joinLines("", lines[from+1:to]))}}}
}
