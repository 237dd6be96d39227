package signature

import (
	"path"
	"slices"
	"strings"
)

var (
	goPanic     = lazily(`^\s*(panic|fatal error): (.*)$`)
	goRoutine   = lazily(`^goroutine \d+ (?:gp=\S+ m=\S+ )?(?:mp=\S+ )?\[.*\]:$`)
	goRecovered = lazily(` \[recovered(?:, repanicked)?\]$`)
	goFile      = lazily(`^\s+(\S+\.(?:go|s)):(\d+)(?: \+0x[0-9a-f]+)?$`)
	goFrame     = lazily(`^(?:goroutine \d+ .*\]:|\s+\S+\.(?:go|s):\d+.*|(?:created by )?[\w./~%@*\-]+(?:\[\.\.\.\])?[\w.()*]*\(.*\)(?: in goroutine \d+)?|created by .*|\[signal .*|\[originating from .*|runtime: .*|exit status \d+|\.\.\.additional frames elided\.\.\.|rax .*|\s*panic: .*)$`)
	goReset     = lazily(`^(?:runtime: out of memory|runtime: goroutine stack exceeds)`)
)

// golang reads what the Go runtime writes when it ends the process (runtime/panic.go, printpanics; traceback.go).
func golang(lines []string) trace {
	switch {
	case goRoutine().MatchString(lines[0]):
		return trace{length: goEnd(lines, 1), ends: true}
	case !goPanic().MatchString(lines[0]) && !goReset().MatchString(lines[0]):
		return trace{}
	case strings.HasPrefix(lines[0], " "):
		return trace{}
	}
	start := next(lines, 0, 3*ahead, goRoutine().MatchString)
	if start < 0 || goPanic().MatchString(lines[0]) && goOther(lines[1:start]) >= 0 {
		return goWithoutFrames(lines)
	}
	end := goEnd(lines, start)
	frames := lines[start:end]
	found := trace{length: end, ends: true}
	for _, panicked := range goPanics(lines[:start]) {
		panicked.place, panicked.frames = goPlace(frames), strings.Join(frames[:min(len(frames), ahead)], "\n")
		found.chain = append([]link{panicked}, found.chain...)
	}
	return found
}

// goOther finds a panic in the first column, which is that of another process.
func goOther(lines []string) int {
	return slices.IndexFunc(lines, func(l string) bool { return !indented(l) && goPanic().MatchString(l) })
}

// goEnd is the index behind the goroutines that begin at a line.
func goEnd(lines []string, start int) int {
	end := run(lines, start, func(l string) bool { return blank(l) || goFrame().MatchString(l) })
	if other := goOther(lines[start:end]); other > 0 {
		return start + other
	}
	return end
}

// goWithoutFrames is a panic whose goroutines were cut off or not printed (GOTRACEBACK=none).
func goWithoutFrames(lines []string) trace {
	panics := goPanics(lines[:1])
	if len(panics) == 0 {
		return trace{}
	}
	return trace{length: 1, chain: panics, ends: true}
}

// goPanics reads the panics above the goroutines; a message may go over several lines.
func goPanics(lines []string) []link {
	var panics []link
	for _, text := range lines {
		found := goPanic().FindStringSubmatch(text)
		switch {
		case found != nil:
			panics = append(panics, link{kind: found[1], message: goRecovered().ReplaceAllString(found[2], "")})
		case len(panics) > 0 && !blank(text) && !strings.HasPrefix(text, "[signal "):
			last := &panics[len(panics)-1]
			last.message += "\n" + text
		}
	}
	return panics
}

// goPlace is the first frame of the app itself: not of the runtime, the standard library or a module it uses.
func goPlace(frames []string) string {
	place := ""
	for i := 1; i < len(frames); i++ {
		found := goFile().FindStringSubmatch(frames[i])
		if found == nil || goRuntime(frames[i-1]) {
			continue
		}
		here := path.Base(found[1]) + ":" + found[2] + " in " + goFunction(frames[i-1])
		if !strings.Contains(found[1], "/go/src/") && !strings.Contains(found[1], "/pkg/mod/") {
			return here
		}
		if place == "" {
			place = here
		}
	}
	return place
}

func goRuntime(function string) bool {
	return strings.HasPrefix(function, "runtime.") || strings.HasPrefix(function, "panic(") || strings.HasPrefix(function, "runtime/")
}

// goFunction is the name of a frame's function without its package's path and its arguments.
func goFunction(frame string) string {
	name := strings.TrimPrefix(frame, "created by ")
	if open := strings.LastIndex(name, "("); open > 0 {
		name = name[:open]
	}
	return path.Base(name)
}
