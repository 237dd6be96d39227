package repertoire

import (
	"regexp"
	"strings"
)

// hidden stands for a value that is not shown.
const hidden = "********"

var (
	variable = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_.-]*)=(.*)$`)
	// secretName matches names of variables that hold secrets by habit. PWD alone is the working directory.
	secretName = regexp.MustCompile(`(?i)TOKEN|SECRET|PASS(W|_|$)|PHRASE|_PWD$|KEY|CREDENTIAL|AUTH|PRIVATE|DSN|SIGNATURE|COOKIE|SESSION`)
	// userInfo is the password in a URL such as postgres://user:password@host.
	userInfo = regexp.MustCompile(`(://[^/\s:@]*:)[^/\s@]+@`)
	begins   = regexp.MustCompile(`-----BEGIN [A-Z0-9 ]+-----`)
	ends     = regexp.MustCompile(`-----END [A-Z0-9 ]+-----`)
)

// mask hides, in lines of NAME=value as env writes them, the values of variables that look secret, passwords in URLs and
// PEM blocks, and reports whether there were any. A transcript is made to be shown to others. It is a net with holes:
// a secret under a harmless name passes.
func mask(text string) (masked string, found bool) {
	var kept []string
	inSecret, inBlock := false, false
	body, ended := strings.CutSuffix(text, "\n")
	for _, line := range strings.Split(body, "\n") {
		if inBlock {
			inBlock = !ends.MatchString(line)
			continue
		}
		parts := variable.FindStringSubmatch(line)
		if parts == nil { // A further line of the value before.
			if !inSecret {
				kept = append(kept, userInfo.ReplaceAllString(line, "${1}"+hidden+"@"))
			}
			continue
		}
		block := begins.MatchString(line)
		inBlock = block && !ends.MatchString(line)
		if inSecret = block || secretName.MatchString(parts[1]); inSecret {
			line = parts[1] + "=" + hidden
		}
		kept = append(kept, userInfo.ReplaceAllString(line, "${1}"+hidden+"@"))
	}
	masked = strings.Join(kept, "\n")
	if ended {
		masked += "\n"
	}
	return masked, masked != text
}
