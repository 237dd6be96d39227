package repertoire

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// hidden stands for a value that is not shown.
const hidden = "********"

var (
	// assignment is a line that begins a variable, as env, export -p and declare -x write it.
	assignment = regexp.MustCompile(`^(\s*(?:(?:export|readonly|declare|typeset)\s+(?:-\w+\s+)*)?)([A-Za-z_][A-Za-z0-9_.-]*)=(.*)$`)
	// usual is how variables are named by habit: in capital letters.
	usual = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)
	// padding is what stands after the first = of the end of a text in base64 or base32.
	padding = regexp.MustCompile(`^=*$`)
	// namedValue is a name with a value after it, wherever in a line.
	namedValue = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_.-]*)["']?\s*[:=]\s*`)
	// secretName matches names of variables that hold secrets by habit. PWD alone is the working directory.
	secretName = regexp.MustCompile(`(?i)TOKEN|SECRET|PASS(W|_|$)|PHRASE|_PWD$|KEY|CREDENTIAL|AUTH|PRIVATE|DSN|SIGNATURE|COOKIE|SESSION`)
	// userInfo is the password in a URL such as postgres://user:password@host.
	userInfo = regexp.MustCompile(`(://[^/\s:@]*:)[^/\s@]+@`)
	begins   = regexp.MustCompile(`-----BEGIN [A-Z0-9 ]+-----`)
	ends     = regexp.MustCompile(`-----END [A-Z0-9 ]+-----`)
	private  = regexp.MustCompile(`-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----`)
	// printing matches commands that print variables: env, printenv, a program that asks for them by such a name, the file
	// environ in /proc, and what a shell brings for it.
	printing = regexp.MustCompile(`(?:^|[^A-Za-z0-9_])(?:env|ENV|printenv|environ|getenv)(?:[^A-Za-z0-9_]|$)` +
		`|(?:^|[\s;&|("'])(?:set|(?:export|readonly|declare|typeset)(?:\s+-\w+)*)\s*(?:$|[;&|)"'\n])`)
	// sign begins a variable that every environment in a pod has.
	sign = regexp.MustCompile(`(?:^|[\n\x00])(?:export |declare -x )?KUBERNETES_SERVICE_HOST=`)
)

// masked is a text without the values that are not to be shown.
type masked struct {
	text string
	// dropped is set when lines were left out altogether: further lines of such values, or what looks like them.
	dropped bool
}

// printsVariables reports whether a command is one that prints variables.
func printsVariables(command []string) bool { return printing.MatchString(strings.Join(command, " ")) }

// mask hides values in what a command wrote. Of what prints variables only those values are left that stand in the pod's
// specification. Of any other command the output is left as it is, but for what is known not to be for others to see: it is
// a net with holes.
func (e environment) mask(text string, command []string) masked {
	if text == "" {
		return masked{}
	}
	switch {
	case len(command) > 1 && path.Base(command[0]) == "printenv": // Values without their names.
		value, shown := e.shows(command[1], strings.TrimSuffix(text, "\n"))
		if len(command) > 2 || !shown {
			value = hidden
		}
		return masked{text: value + "\n"}
	case printsVariables(command) || sign.MatchString(text):
		return e.maskVariables(text)
	}
	text, dropped := e.maskWords(text, false)
	return masked{text, dropped}
}

// maskVariables hides, in a list of variables, all values but those that the specification sets. A name that it does not
// know may be a further line of a value before: only a usual one is left.
func (e environment) maskVariables(text string) masked {
	var kept []string
	out := masked{}
	separated := strings.Contains(text, "\x00")
	entries := entriesOf(text, separated)
	for i := 0; i < len(entries); i++ {
		parts := assignment.FindStringSubmatch(entries[i])
		if separated { // A value has all of its lines.
			parts = nil
			if name, value, found := strings.Cut(entries[i], "="); found {
				parts = []string{entries[i], "", name, value}
			}
		}
		if parts == nil {
			out.dropped = true
			continue
		}
		before, name, value := parts[1], parts[2], parts[3]
		further := 0
		if !separated {
			further = strings.Count(e.plain[name], "\n")
			value = strings.Join(append([]string{value}, entries[i+1:min(i+1+further, len(entries))]...), "\n")
		}
		shown, plain := e.shows(name, unquoted(value))
		if plain {
			i += further
			kept = append(kept, strings.Split(before+name+"="+shown, "\n")...)
			continue
		}
		if !separated && !e.names(name) && (!usual.MatchString(name) || padding.MatchString(parts[3])) {
			out.dropped = true
			continue
		}
		kept = append(kept, before+name+"="+hidden)
	}
	if len(kept) == 0 {
		kept = []string{hidden}
	}
	out.text = strings.Join(kept, "\n") + "\n"
	return out
}

// entriesOf are the variables of a list that are separated by zero bytes, or its lines.
func entriesOf(text string, separated bool) []string {
	if !separated {
		return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	}
	return slices.DeleteFunc(strings.Split(text, "\x00"), func(entry string) bool { return strings.TrimSpace(entry) == "" })
}

// unquoted is a value as a shell would read it, where that is plain to see.
func unquoted(value string) string {
	for _, quote := range []string{`'`, `"`} {
		if inner, found := strings.CutPrefix(value, quote); found {
			inner, found = strings.CutSuffix(inner, quote)
			if found && !strings.ContainsAny(inner, `'"\`) {
				return inner
			}
		}
	}
	return value
}

// maskWords hides, in any text, the values of variables that the specification takes from elsewhere and of those that look
// secret, passwords in URLs and PEM blocks; with all set, the values of all variables at the beginning of a line but those
// that the specification sets. It reports whether further lines of such values were left out.
func (e environment) maskWords(text string, all bool) (masked string, dropped bool) {
	var kept []string
	inSecret, inBlock := false, false
	body, ended := strings.CutSuffix(text, "\n")
	for _, line := range strings.Split(body, "\n") {
		if inBlock {
			inBlock, dropped = !ends.MatchString(line), true
			continue
		}
		parts := assignment.FindStringSubmatch(line)
		if parts == nil {
			if inSecret { // A further line of the value before.
				dropped = true
				continue
			}
			if inBlock = private.MatchString(line) && !ends.MatchString(line); inBlock || private.MatchString(line) {
				line = hidden
			}
			kept = append(kept, e.maskNamed(line))
			continue
		}
		_, shown := e.shows(parts[2], parts[3])
		block := begins.MatchString(line)
		inBlock = block && !ends.MatchString(line)
		if inSecret = block || e.foreign[parts[2]] || secretName.MatchString(parts[2]) || all && !shown; inSecret {
			line = parts[1] + parts[2] + "=" + hidden
		}
		kept = append(kept, e.maskNamed(line))
	}
	masked = strings.Join(kept, "\n")
	if ended {
		masked += "\n"
	}
	return masked, dropped
}

// maskNamed hides what stands in a line after the name of a variable that the specification takes from elsewhere, and
// passwords in URLs.
func (e environment) maskNamed(line string) string {
	for _, at := range namedValue.FindAllStringSubmatchIndex(line, -1) {
		if name := line[at[2]:at[3]]; e.foreign[name] || e.foreign[name[strings.LastIndexByte(name, '.')+1:]] {
			line = line[:at[1]] + hidden
			break
		}
	}
	return userInfo.ReplaceAllString(line, "${1}"+hidden+"@")
}
