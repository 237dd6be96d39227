package report

import (
	"path"
	"regexp"
	"strings"
)

// rest is what a line begins with that would otherwise begin like a command of podkit's, and is text of the cluster: it shows
// that the line is the rest of a sentence, and pasted it runs nothing.
const rest = "… "

// leastMarked is the width from which on lines are marked: in less there is no room for a command.
const leastMarked = 12

// poses reports whether a line that begins with this text looks like one of podkit's commands.
func (t Terminal) poses(text string) bool {
	words := strings.Fields(text)
	if len(words) == 0 {
		return false
	}
	name := path.Base(words[0])
	return strings.HasPrefix(name, "kubectl") || name == "curl" || name == "export" || name == t.Kubectl
}

// unposed returns a text of the cluster with which a line begins so that it does not pose as a command.
func (t Terminal) unposed(text string, width int) string {
	if width < leastMarked || !t.poses(text) {
		return text
	}
	return rest + strings.TrimLeft(text, " ")
}

// ownEnding is the command in which a sentence of podkit's ends, and no other: it changes nothing, and holds nothing that a
// shell would do something with. A text of the cluster in the sentence may end in a command as well, and is not to stand alone.
var ownEnding = regexp.MustCompile(`[:：] ?(([^ ]+) (?:podkit (?:capture|curl|debug|describe|diagnose|explain|findings|get|logs|nodes)|api-resources|auth can-i|config (?:get-contexts|view)|debug|describe|get|port-forward|--unix-socket)` +
	`(?: (?:'[^']*'|\\['\\]|<[a-z.]+>|"\$POD_NAME"|[^;；|&<>$(){}#'"\\` + "`" + `])*)?)$`)

// told breaks a sentence, in which there may be texts of the cluster, into lines of at most width columns as wrapProse does.
// No line but the first begins like a command, unless it is podkit's.
func (t Terminal) told(text string, width int) []string {
	begin := func(text string, width int) string {
		if isCommand(text) {
			return text
		}
		return t.unposed(text, width)
	}
	var lines []string
	for paragraph := range strings.Lines(strings.ReplaceAll(text, string(hardSpace), " ")) {
		paragraph = strings.TrimRight(paragraph, "\n")
		if at := ownEnding.FindStringSubmatchIndex(paragraph); at != nil && t.poses(paragraph[at[4]:at[5]]) {
			paragraph = paragraph[:at[2]] + strings.ReplaceAll(paragraph[at[2]:], " ", string(hardSpace))
		}
		if len(lines) > 0 {
			paragraph = begin(paragraph, width)
		}
		lines = append(lines, wrapParagraph(holdSpans(paragraph), width, begin)...)
	}
	return soften(lines)
}
