package recording

import (
	"strconv"
	"strings"
	"unicode"

	"k8s.io/apimachinery/pkg/api/validate/content"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// badName is a text in the place of a name that no API server would have let in. Names go into commands and onto terminals
// as they are, since the API validates them; a file does not.
type badName struct{ field, name string }

func (b badName) Error() string { return b.field + " is no name: " + quoted(b.name) }

// told is the sentence about it. where is the member or the place in the file, kind what the object is.
func (b badName) told(where, kind string) error {
	return message.Errorf(b, "recording.name", message.Args{
		"Where": plainly(where), "Kind": plainly(kind), "Field": plainly(b.field), "Name": quoted(b.name),
	})
}

// mostShown is how much of a bad name is shown.
const mostShown = 60

func shortened(text string) string {
	runes := []rune(text)
	if len(runes) > mostShown {
		return string(runes[:mostShown]) + "..."
	}
	return text
}

// plainly is quoted without the quotes.
func plainly(text string) string {
	quoted := quoted(text)
	return quoted[1 : len(quoted)-1]
}

// quoted is a text in ASCII, whatever is in it.
func quoted(text string) string { return strconv.QuoteToASCII(shortened(text)) }

// rule tells what is wrong with a name; nothing if it is one.
type rule func(name string) []string

// The rules of API servers (apimachinery pkg/api/validation and pkg/util/validation).
func isLabel(name string) []string     { return apivalidation.NameIsDNSLabel(name, false) }
func isSubdomain(name string) []string { return apivalidation.NameIsDNSSubdomain(name, false) }

// isSegment is the rule for names of which nothing is known but that they are a part of a URL. What cannot be seen, or turns
// the writing around, is no part of a name that anybody has typed.
func isSegment(name string) []string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) || !validText(name) {
		return []string{"may not contain what cannot be seen"}
	}
	if name == "" || len(name) > componentLimit {
		return []string{validation.MaxLenError(componentLimit)}
	}
	return content.IsPathSegmentName(name)
}

func validText(name string) bool { return strings.ToValidUTF8(name, "") == name }

// isKind is the rule for kinds, as custom ones have it (apiextensions-apiserver pkg/apis/apiextensions/validation).
func isKind(name string) []string { return validation.IsDNS1035Label(strings.ToLower(name)) }

// ruleOf is the rule for the names of a resource. Kubernetes' own are subdomains but for those that say less (kubernetes
// pkg/apis/core/validation and its neighbours); those of other servers may be anything that a URL takes.
func ruleOf(group, resource string) rule {
	switch {
	case group == "" && resource == "namespaces":
		return isLabel
	case group == "" && resource == "services":
		return isLabel // Those of older servers were narrower, and are labels, too.
	case resource == "events", group == "rbac.authorization.k8s.io":
		return isSegment
	case group == "", !strings.Contains(group, "."), strings.HasSuffix(group, ".k8s.io") && !strings.HasSuffix(group, "metrics.k8s.io"):
		return isSubdomain
	}
	return isSegment
}

// check returns a badName unless a name passes a rule.
func check(field, name string, passes rule) error {
	if len(name) > componentLimit || len(passes(name)) > 0 {
		return badName{field, name}
	}
	return nil
}

// first returns the first error, if any.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// optional checks a name that need not be there.
func optional(field, name string, passes rule) error {
	if name == "" {
		return nil
	}
	return check(field, name, passes)
}
