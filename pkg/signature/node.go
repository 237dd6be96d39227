package signature

import (
	"path"
	"slices"
	"strings"
)

var (
	nodeFrame  = lazily(`^\s+at (?:(?:async |new )?(.+?) \()?((?:file://|node:|/|[\w.\-]+/|internal/|[\w\-]+\.[cm]?[jt]s)[^()]*?):(\d+):\d+\)?(?: \{)?$`)
	nodeOther  = lazily(`^\s+at (?:async )?(?:.* \((?:<anonymous>|native|index \d+)\)|<anonymous>|.*\[as .*\].*|processTicksAndRejections.*)(?: \{)?$`)
	nodeRaised = lazily(`^(?:Uncaught |\(node:\d+\) UnhandledPromiseRejectionWarning: ||.*?[:\s]\[?)?([A-Z]\w*(?:Error|Exception|Rejection|Warning)?)(?: \[\w+\])?(?:: (.*))?$`)
	nodeCause  = lazily(`^\s+\[?cause\]?: (\w+)(?: \[\w+\])?: (.*)$`)
	nodeThrown = lazily(`^(?:node:\S+:\d+|internal/\S+\.js:\d+|events\.js:\d+|/\S+\.[cm]?[jt]sx?:\d+|file:///\S+:\d+|/\S+:\d+)$`)
	nodeNative = lazily(`^\s*\d+: 0x[0-9a-f]+ `)
	nodeEnd    = lazily(`^Node\.js v\d`)
)

func nodeStack(text string) bool {
	return nodeFrame().MatchString(text) || nodeOther().MatchString(text)
}

// node reads an error with its stack, with or without the source line above it that node prints when nobody caught it.
func node(lines []string) trace {
	if strings.HasPrefix(lines[0], "FATAL ERROR: ") {
		end := run(lines, 1, nodeNative().MatchString)
		return trace{length: end, ends: true, chain: []link{{kind: "FATAL ERROR", message: strings.TrimPrefix(lines[0], "FATAL ERROR: ")}}}
	}
	if !framesAhead(lines) {
		return trace{}
	}
	thrown := nodeThrown().MatchString(lines[0])
	start := next(lines, 0, ahead, nodeStack)
	if start <= 0 {
		return trace{}
	}
	head := 0
	if thrown {
		head = nodeHead(lines[:start])
	}
	raised := nodeRaised().FindStringSubmatch(lines[head])
	if head == 0 && (thrown || raised == nil || indented(lines[0]) || nodeBroken(lines[1:start])) {
		return trace{}
	}
	end := nodeObject(lines, run(lines, start, nodeStack))
	found := trace{ends: thrown || strings.Contains(lines[head], "Uncaught") || strings.Contains(lines[0], "Unhandled")}
	outer := link{kind: raised[1], message: joinLines(raised[2], lines[head+1:start]), place: nodePlace(lines[start:end])}
	outer.frames = strings.Join(lines[start:min(end, start+2*ahead)], "\n")
	for _, text := range lines[start:end] {
		if cause := nodeCause().FindStringSubmatch(text); cause != nil {
			found.chain = slices.Insert(found.chain, 0, link{kind: cause[1], message: cause[2], place: outer.place})
		}
	}
	found.chain = append(found.chain, outer)
	if over := next(lines, end, 2, nodeEnd().MatchString); over >= 0 {
		end, found.ends = over+1, true
	}
	found.length = end
	return found
}

// nodeHead finds the error below the source line and its marker.
func nodeHead(lines []string) int {
	marker := slices.IndexFunc(lines, func(l string) bool { return strings.Trim(l, " \t^~") == "" && strings.Contains(l, "^") })
	for i := max(marker, 0) + 1; i < len(lines); i++ {
		if !blank(lines[i]) && !indented(lines[i]) && nodeRaised().MatchString(lines[i]) {
			return i
		}
	}
	return 0
}

// nodeBroken reports whether lines between a head and its first frame belong to something else.
func nodeBroken(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool {
		return guessLevel(l) != unknown || nodeThrown().MatchString(l) || nodeMessage().MatchString(l)
	})
}

// nodeMessage is the head of an error on a line of its own.
var nodeMessage = lazily(`^[A-Z]\w*Error(?: \[\w+\])?: `)

// nodeObject passes over the properties that node prints below the frames: { code: 'ECONNREFUSED', ... }.
func nodeObject(lines []string, end int) int {
	if end == 0 || !strings.HasSuffix(lines[end-1], "{") {
		return end
	}
	if closed := next(lines, end, 4*ahead, func(l string) bool { return l == "}" }); closed > 0 {
		return closed + 1
	}
	return end
}

// nodePlace is the first frame of the app itself.
func nodePlace(frames []string) string {
	for _, text := range frames {
		found := nodeFrame().FindStringSubmatch(text)
		if found == nil || strings.HasPrefix(found[2], "node:") || strings.HasPrefix(found[2], "internal/") || strings.Contains(found[2], "node_modules") {
			continue
		}
		place := path.Base(found[2]) + ":" + found[3]
		if found[1] != "" && !strings.Contains(found[1], "<anonymous>") {
			place += " in " + found[1]
		}
		return place
	}
	return ""
}
