package signature

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// How far behind an error its app may go on and still have died of it, in entries that say that it lives.
const (
	closeBy   = 3
	farAway   = 12
	recently  = 10 * time.Second
	oneMoment = 20 * time.Millisecond
)

// candidate is an entry that matches.
type candidate struct {
	Match
	entry int
}

// rank walks from the death backwards and keeps what may have led to it.
func rank(entries []entry) []Match {
	var found []candidate
	seen := map[string]bool{}
	survived := aftermath{}
	for i := len(entries) - 1; i >= 0 && survived.living <= farAway; i-- {
		e := &entries[i]
		match, matched := e.match()
		if strength := survived.weigh(e, match.Strength); matched && strength > 0 && !seen[match.key()] {
			match.Strength, seen[match.key()] = strength, true
			found = append(found, candidate{match, i})
		}
		survived.pass(e, matched)
	}
	found = heard(found)
	demote(found)
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(b.entry, a.entry))
	})
	matches := make([]Match, len(found))
	for i := range found {
		matches[i] = found[i].Match
	}
	return matches
}

// key is what of a log is told once: a cause, and what is only said of it.
func (m *Match) key() string {
	if m.Form == refusedSaid {
		return m.ID + "/" + m.Form
	}
	return m.ID
}

// heard leaves out what is only said of a refusal where the API server's own sentence is in the log as well, which then counts
// as much.
func heard(found []candidate) []candidate {
	said := slices.IndexFunc(found, func(c candidate) bool { return c.Form == refusedSaid })
	own := slices.IndexFunc(found, func(c candidate) bool { return c.ID == refusedByAPI && c.Form != refusedSaid })
	if said < 0 || own < 0 {
		return found
	}
	found[own].Strength = max(found[own].Strength, found[said].Strength)
	return slices.Delete(found, said, said+1)
}

// vague is what a program says that has told the reason before.
var vague = lazily(`(?i)^[^/:]{0,40}\b(?:failed|fail|cannot|could not|unable|error|giving up|exit\w*|abort\w*)\b[^/:]{0,40}$`)

// demote puts last words that tell no reason behind an error shortly before them that does: "cannot start" behind "connection
// refused", a wait that ended behind what it waited for.
func demote(found []candidate) {
	for i := range found {
		m := &found[i]
		says := m.Args["Message"]
		if m.ID == "log-timeout" && m.Args["Peer"] == "" || m.ID == "log-panic" && vague().MatchString(says) {
			told := slices.ContainsFunc(found, func(c candidate) bool {
				return c.entry < m.entry && m.entry-c.entry <= closeBy && c.Strength >= Near
			})
			if told {
				m.Strength, m.entry = Near, -1
			}
		}
	}
}

// aftermath is what an app did after an entry, read backwards.
type aftermath struct {
	end time.Time
	// living counts the entries that say that it went on, and works that it said so in words.
	living int
	works  bool
	// failures counts the errors, and unknown those of which no signature knows the cause.
	failures int
	unknown  bool
}

func (a *aftermath) pass(e *entry, matched bool) {
	if a.end.IsZero() {
		a.end = e.at
	}
	switch text := e.message; {
	case noise().MatchString(text) && !e.traced():
	case e.failing():
		a.failures++
		a.unknown = a.unknown || !matched
	case a.atOnce(e), e.below, strings.HasSuffix(text, ":"), closing.in(text), patient.in(text):
	case matched:
	default:
		a.living++
		a.works = a.works || recovery.in(text) && !negation.in(text)
	}
}

// atOnce: streams that are written at one moment arrive in no order.
func (a *aftermath) atOnce(e *entry) bool {
	return !e.at.IsZero() && a.end.Sub(e.at) < oneMoment && a.living == 0
}

// weigh says how much an entry that matches tells of the death, given what came after it; 0 when it tells nothing.
func (a *aftermath) weigh(e *entry, strength Strength) Strength {
	switch {
	case strength == Last && e.final() && a.living <= farAway:
		return Last
	case strength == Mention && (a.unknown || a.works || a.living > closeBy):
		return 0
	case a.works || a.living > farAway:
		return 0
	case a.living > closeBy && (!e.failing() || !a.soon(e)):
		return 0
	case a.living > closeBy:
		return min(strength, Mention)
	case strength == Last && a.living == 0 && a.failures == 0:
		return Last
	}
	return min(strength, Near)
}

// soon: the end came within moments.
func (a *aftermath) soon(e *entry) bool { return !e.at.IsZero() && a.end.Sub(e.at) < recently }

// match holds an entry against the signatures. The strength is what its own words are worth.
func (e *entry) match() (Match, bool) {
	m := Match{First: e.first, Last: e.last, Strength: Last}
	found, place, matched := e.find()
	if !matched {
		return e.unspecific(m)
	}
	m.ID, m.Form, m.Args = found.id, found.form, found.args
	if place != "" {
		m.Args["Place"] = place
	}
	if m.Args["Message"] == "" {
		m.Args["Message"] = e.says()
	}
	m.Strength = e.worth(found.prose)
	if found.hint {
		m.Strength = min(m.Strength, Near)
	}
	return m, m.Strength > 0
}

// worth is how much the words of an entry say by themselves.
func (e *entry) worth(prose bool) Strength {
	if e.final() {
		return Last
	}
	text := e.message + " " + e.says()
	switch {
	case harmless.in(text):
		return 0
	case patient.in(text) && !hopeless.in(text) && !e.traced():
		return Mention
	case e.level == info || e.level == debug:
		return 0
	case e.level == warning:
		return Mention
	case prose && !e.failing():
		return 0
	}
	return Last
}

// unspecific is a stack trace of which no signature knows the message.
func (e *entry) unspecific(m Match) (Match, bool) {
	if !e.traced() || len(e.trace.chain) == 0 || e.trace.chain[0].kind == "" {
		return m, false
	}
	if e.level == info || e.level == debug || e.level == warning && !e.final() {
		return m, false
	}
	m.ID, m.Args = "log-panic", map[string]string{}
	decides := e.trace.chain[0]
	for key, value := range map[string]string{"Type": decides.kind, "Message": firstLine(decides.message), "Place": firstOf(decides.place, e.placed())} {
		if value != "" {
			m.Args[key] = value
		}
	}
	return m, true
}
