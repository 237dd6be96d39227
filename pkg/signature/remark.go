package signature

import (
	"regexp"
	"slices"
	"strings"
)

// remark is a way to say what an error means: words in small letters, one of which a text must hold, and the pattern that
// decides. Patterns without regard to case are slow, so the words come first.
type remark struct {
	words   []string
	pattern func() *regexp.Regexp
}

func phrase(words, pattern string) remark {
	return remark{strings.Split(words, "|"), lazily(pattern)}
}

// longestRemark is how much of a message is searched for what it says of itself.
const longestRemark = 400

func (r remark) in(text string) bool {
	text = middleOut(text, longestRemark)
	lower := strings.ToLower(text)
	return slices.ContainsFunc(r.words, func(word string) bool { return strings.Contains(lower, word) }) && r.pattern().MatchString(text)
}

var (
	// recovery is what an app says when it works after all.
	recovery = phrase("connect|recover|succe|listen|ready|start|is up|serving|accepting|healthy", `(?i)\b(?:connected|(?:re)?connect(?:ion)? (?:established|succeeded|successful|restored|ok)|reconnected|recovered|succeeded|success(?:ful|fully)?|listening|ready to|is ready|server started|started|is up|now serving|accepting connections|healthy)\b`)
	negation = phrase("no|never|fail|could|until|wait|dis|un", `(?i)\b(?:not|no|never|failed|cannot|could not|unable|until|wait|waiting|dis\w+|un\w+)\b`)
	// closing is what one says on the way out: it does not mean that the app lived on.
	closing = phrase("exit|shut|stop|terminat|abort|quit|clos|bye|cleanup|npm|elifecycle|failed|killed|signal|giving|gave|node.js|dumped|for |see |usage|note|hint|caused", `(?i)\b(?:exit(?:ing|ed|s)?|shut(?:ting)? ?down|shutdown|stop(?:ping|ped)?|terminat(?:e|ed|ing)|abort(?:ing|ed)?|quit(?:ting)?|clos(?:e|ed|ing)|bye|cleanup|npm (?:ERR!|error)|ELIFECYCLE|[Cc]ommand failed|killed|signal|giving up|gave up|Node\.js v\d|core dumped|for (?:more|usage|help)|see |usage|note:|hint|Caused by)\b`)
	// noise is what package managers and rulers of tables write: it says nothing of an app.
	noise = lazily(`^npm (?:ERR!|error)|^[^a-zA-Z]*$`)
	// harmless is what one says of an error that does not matter.
	harmless = phrase("ignor|default|fallback|fall|skip|optional|fatal|harmless|continu|disabl", `(?i)\b(?:ignor(?:e|es|ed|ing)|(?:using|with|use|falling back to|fall back to) (?:the )?(?:built-?in |in-memory )?(?:defaults?|fallback)|fall(?:s|ing)? ?back|skip(?:s|ped|ping)?|optional|non-?fatal|not fatal|harmless|continuing|will continue|is disabled|disabling)\b`)
	// patient is what one says of an error that is tried again, and hopeless when it is not any more.
	patient  = phrase("retr|try|attempt|reconnect|wait|back|sleep|not |available", `(?i)\b(?:retry(?:ing)?|retries|will try|try(?:ing)? again|attempt|reconnect(?:ing)?|wait(?:ing)?|back(?:ing)? ?off|sleeping|not (?:yet )?(?:ready|available|up)|unavailable)\b`)
	hopeless = phrase("giving|gave|exhausted|retries|attempts|no more|tries", `(?i)\b(?:giving up|gave up|exhausted|retries exceeded|max(?:imum)? (?:\w+ )?(?:retries|attempts)|no more|after \d+ (?:attempts|tries|retries))\b`)
)
