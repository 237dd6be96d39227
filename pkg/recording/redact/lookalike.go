package redact

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// nothing are values that say that there is no secret, or what became of it. Words of errors stand where a value would:
// "token: expired", "password: authentication failed".
var nothing = []string{
	"", "-", "--", "true", "false", "yes", "no", "none", "nil", "null", "<nil>", "undefined", "empty", "unset", "set", "missing", "required", "optional",
	"not", "invalid", "expired", "unauthorized", "forbidden", "denied", "failed", "failure", "failing", "error", "errors", "wrong", "incorrect", "unknown", "unavailable",
	"cannot", "can't", "could", "couldn't", "must", "should", "is", "was", "has", "have", "for", "from", "in", "of", "on", "at", "to", "the", "a", "an", "no", "found", "bad",
	"authentication", "permission", "access", "connection", "context", "timeout", "timed", "eof", "unable", "too", "malformed", "mismatch", "unexpected", "parse", "parsing",
	"digest", "negotiate", "aws4-hmac-sha256", "string", "bytes", "object", "integer", "number", "bool", "boolean", "bearer", "basic", "jwt", "opaque", "kubernetes.io/tls", "kubernetes.io/service-account-token",
	"redacted", "[redacted]", "hidden", "masked", "secret", "password", "token", "default", "rpc", "dial", "open", "read", "stat", "get", "post", "lookup", "http", "https",
	"enabled", "disabled", "provided", "configured", "changed", "rotated", "updated", "created", "deleted", "ok", "valid", "verified", "accepted", "rejected", "revoked", "refused", "reset",
	"random", "auto", "generated", "plain", "static", "dynamic", "local", "remote", "inline", "ldap", "oauth", "oauth2", "oidc", "saml", "vault", "latest", "never", "always", "any", "all", "unchanged", "skipped", "used",
}

var (
	// reference is what stands for a value: $(NAME), ${NAME}, <password>, {{ .Values.password }}, ****.
	reference = regexp.MustCompile(`^(?:\$\(.*|\$\{[^}]*\}?|\$[A-Za-z_][A-Za-z0-9_]*|<[a-zA-Z_ -]+>?|\{\{.*|%[a-z(].*|[*x•.#]{3,}|\[[A-Za-z]*\]?)$`)
	// path is a file, and no secret.
	path = regexp.MustCompile(`^\.{0,2}/(?:var|etc|run|tmp|opt|usr|home|mnt|srv|secrets?|config|app|data|root|dev|proc|sys|bin|[a-z.-]+)(?:/[A-Za-z0-9_.-]+)+/?$`)
	// next is where another key begins behind a value that no quote ends: "Password=x;Database=shop".
	next = regexp.MustCompile(`[;&,|]+[A-Za-z_][A-Za-z0-9_. -]*[=:]`)
)

// keyThatLacks is what the kubelet writes before the name of a key (pkg/volume/secret/secret.go, MakePayload).
var keyThatLacks = regexp.MustCompile(`references non-existent secret key: $`)

// trimmed returns how much of a bare value is the value.
func trimmed(value string) int {
	if at := next.FindStringIndex(value); at != nil && at[0] > 0 {
		value = value[:at[0]]
	}
	for value != "" && !reference.MatchString(value) {
		last := value[len(value)-1]
		pair := strings.IndexByte(")}]>", last)
		if pair < 0 && !strings.ContainsRune(`,;\`, rune(last)) || pair >= 0 && strings.ContainsRune(value, rune("({[<"[pair])) {
			break // What the value opened, it closes itself.
		}
		value = value[:len(value)-1]
	}
	return len(value)
}

// says reports whether a value is none.
func says(value string) bool {
	word := strings.ToLower(strings.Trim(value, `"'.,;:!)(`))
	return reference.MatchString(value) || path.MatchString(value) || slices.Contains(nothing, word)
}

// spareValue spares values that are none, and prose.
func spareValue(m match) bool {
	value, key := m.value(), effective(m.key)
	switch {
	case says(value):
		return true
	case isNumber(value) && (m.rule == "token" || key == "pass" || m.rule == "cookie"), isHost(m):
		return true // tokens: 4096; auth-token:8080
	case isFile(m) && isWord(value):
		return true
	case m.rule != "password" && (isProse(m) || isWord(value) && inSentence(m)):
		return true
	case m.rule == "password" && isWord(value) && isProse(m) && strings.HasSuffix(m.text[:m.start], `": `):
		return true // exec: "passwd": executable file not found; JSON has its values in quotes.
	case inARN(m), isName(m), keyThatLacks.MatchString(m.text[max(0, m.start-mostKey):m.start]):
		return true
	}
	return false
}

// inSentence reports whether a key stands behind another word: "unexpected token: identifier".
func inSentence(m match) bool {
	return m.separator == ":" && m.before > 1 && m.text[m.before-1] == ' ' && unicode.IsLower(rune(m.text[m.before-2]))
}

// inARN reports whether a key is a part of a resource's name at Amazon: arn:aws:secretsmanager:…:secret:db.
func inARN(m match) bool {
	word := m.text[max(0, m.before-mostKey):m.before]
	return strings.Contains(word[strings.LastIndexAny(word, " \"'=")+1:], "arn:")
}

// isName reports whether the value behind a key is the name of something: the key of a work queue, of a message's route.
func isName(m match) bool {
	last := m.key[strings.LastIndexAny(m.key, "_-. ")+1:]
	return strings.EqualFold(m.key, "routing_key") && isWord(m.value()) || strings.EqualFold(last, "secrets") && m.isList && m.separator == ":" && isWord(m.value())
}

// file is the beginning of the path of a file of an operating system; keys of parameter stores (/prod/db/password) are none.
var file = regexp.MustCompile(`(?:^|[\s"'=(])/(?:bin|boot|dev|etc|home|lib|mnt|opt|proc|root|run|sbin|sys|tmp|usr|var)/(?:[A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]*$`)

// maxPath bounds how far back the path of a file is looked for.
const maxPath = 256

// isFile reports whether a key is the end of a file's path before what became of it, as errors have it: mounting over
// "/etc/passwd": mount failed. What is set with = is a value all the same.
func isFile(m match) bool {
	at := strings.Index(m.text[m.before:m.start], m.key)
	if at < 0 {
		return false
	}
	begin, end := m.before+at, m.before+at+len(m.key)
	return strings.Trim(m.text[end:m.start], ` "'`) == ":" && file.MatchString(m.text[max(0, begin-maxPath):begin])
}

// port is what follows a host's name.
var port = regexp.MustCompile(`^[0-9]{2,5}(?:/|$)`)

// isHost reports whether a key is a host's name before its port.
func isHost(m match) bool {
	if !port.MatchString(m.value()) {
		return false
	}
	at := strings.Index(m.text[m.before:m.start], m.key)
	return at >= 0 && m.text[m.before+at+len(m.key):m.start] == ":" && (strings.Contains(m.key, "-") || strings.HasSuffix(m.text[:m.before+at], "/"))
}

// isProse reports whether a value is the first word of a sentence: "failed to read the token: signature mismatch".
func isProse(m match) bool {
	value := m.value()
	if strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsLower(r) }) || m.start == 0 || m.text[m.start-1] != ' ' {
		return false
	}
	rest := m.text[m.end:]
	return strings.HasPrefix(rest, " ") && len(rest) > 1 && (unicode.IsLower(rune(rest[1])) || rest[1] == '"')
}

// spareElement spares what spareValue does, of a key that an element of XML is.
func spareElement(m match) bool {
	m.rule = class(effective(m.key[strings.LastIndexByte(m.key, ':')+1:]))
	return m.rule == "" || spareValue(m)
}

// spareHeader spares words.
func spareHeader(m match) bool { return says(m.value()) || isWord(m.value()) }

// spareProse spares words: "bearer authentication".
func spareProse(m match) bool { return says(m.value()) || isWord(m.value()) }

// spareSentence spares all that may be a word.
func spareSentence(m match) bool {
	return says(m.value()) || !unmistakable(m.value()) && !digitsAndLetters(m.value())
}

// spareMixed spares all but what has digits and letters and is no name of an object: names are in small letters and dashes.
func spareMixed(m match) bool {
	value := m.value()
	return says(value) || !digitsAndLetters(value) || strings.ContainsAny(value, "/:=") || isObjectName(value)
}

// isObjectName reports whether a value has the form of an object's name of several words.
func isObjectName(value string) bool {
	return strings.ContainsAny(value, "-._") && !strings.ContainsFunc(value, func(r rune) bool {
		return !unicode.IsLower(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._", r)
	})
}

// spareDirective spares what is no line of a key and its value alone.
func spareDirective(m match) bool {
	m.rule = class(effective(m.key))
	dotted := strings.Contains(m.key, ".")
	return m.rule == "" || !dotted && m.rule != "password" || isWord(m.value()) || isNumber(m.value()) || isObjectName(m.value()) && !dotted || spareValue(m)
}

// spareReference spares what stands for a value.
func spareReference(m match) bool { return says(m.value()) }

// mechanism is how somebody proves who they are, and no secret.
var mechanism = regexp.MustCompile(`(?i)^(?:scram|oauth|md5|sha|kerberos|gss|ldap|saml|mtls|oidc|digest|plain|tls|ssl|basic|bearer|jwt|http|rbac)`)

// spareMechanism spares all that is no user:password.
func spareMechanism(m match) bool {
	value := m.value()
	return says(value) || mechanism.MatchString(value) || !digitsAndLetters(value) || strings.Contains(value, "://") || strings.Count(value, "/") > 1
}

// spareUserInfo spares what is no password before an @: the tag of an image, a number.
func spareUserInfo(m match) bool {
	return !digitsAndLetters(m.value()) || strings.Contains(m.text[m.before:m.after], "@sha256:") || says(m.value())
}

// spareAddress spares what is no line of .pgpass: addresses of networks and of hardware are groups of hexadecimal digits.
func spareAddress(m match) bool {
	whole := strings.Trim(m.text[m.before:m.after], " \t\r\n\"'=")
	return strings.Trim(whole, "0123456789abcdefABCDEF:") == "" || says(m.value()) || isNumber(m.value())
}

// spareURL spares the digest and the port of an image (docker-pullable://web:1.36@sha256:...), and references.
func spareURL(m match) bool {
	return strings.HasPrefix(m.rest(), "sha256:") || strings.HasPrefix(m.rest(), "sha512:") || reference.MatchString(m.value())
}

// spareUser spares names of users.
func spareUser(m match) bool { return !digitsAndLetters(m.value()) }

// spareParameter spares what is short and what is none.
func spareParameter(m match) bool {
	short := len(m.value()) < 6 || isNumber(m.value())
	return says(m.value()) || short && (m.key == "key" || m.key == "code" || m.key == "auth" || m.key == "sig")
}

// notUserInfo spares what is not user:password in base64.
func notUserInfo(m match) bool {
	decoded, err := base64.StdEncoding.DecodeString(m.value())
	if err != nil {
		decoded, err = base64.RawStdEncoding.DecodeString(m.value())
	}
	return err != nil || !strings.Contains(string(decoded), ":")
}

func isNumber(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' })
}

func isWord(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsLower(r) && r != '-' && r != '.' })
}

func digitsAndLetters(value string) bool {
	return strings.ContainsFunc(value, unicode.IsDigit) && strings.ContainsFunc(value, unicode.IsLetter)
}
