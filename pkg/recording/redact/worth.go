package redact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reach is how far a value is looked for beside the place where it was a secret.
type reach int

const (
	here     reach = iota // Nowhere else: it may be a word, a number or a name.
	alone                 // Where it stands for itself.
	anywhere              // Also within other words.
)

// reachOf says how far a value is looked for. Surely is set for one whose place leaves no doubt that it is a secret: a
// variable called DB_PASSWORD, an argument behind --password; a log may say "token: " before anything. What would take
// harmless text with it is not looked for: short values, switches, numbers and ports, words of a dictionary, names of hosts
// and files. "admin", "postgres" and "localhost" are secrets in their place alone.
func reachOf(value string, surely bool) reach {
	switch {
	case len(value) < 6 || says(value) || slices.Contains(common, strings.ToLower(value)):
		return here
	case unmistakable(value):
		return anywhere
	case !surely:
		return here
	case strings.ContainsFunc(value, unicode.IsSpace):
		if len(value) >= 12 && strings.Count(value, " ") >= 2 && !strings.Contains(value, "\n") {
			return alone // A passphrase.
		}
		return here
	}
	c := count(value)
	switch {
	case c.others > 0 && c.letters+c.capitals+c.digits >= 5:
		return alone
	case c.han > 0:
		return alone
	case c.digits == len(value):
		if len(value) >= 10 {
			return alone
		}
	case strings.ContainsAny(value, "/:") || strings.Count(value, ".") > 1:
	case c.digits > 0 && c.letters+c.capitals >= 2:
		// hunter2, but not v1beta1, utf8mb4, node-12: what has one number at its end may be the name of anything, unless it is long.
		if !versions(value) {
			return alone
		}
	case c.digits == 0 && c.capitals > 0 && c.letters > 0 && len(value) >= 10 && c.dividers == 0 && unicode.IsUpper(rune(value[0])) && humps(value) == 1:
		return here // A name at the beginning of a sentence.
	case c.digits == 0 && c.capitals > 0 && c.letters > 0 && len(value) >= 10:
		return alone
	case c.digits == 0 && c.dividers >= 2 && len(value) >= 16 && c.capitals == 0 && !strings.Contains(value, "."):
		return alone // correct-horse-battery; the name of an object is known to be one (things).
	case c.digits == 0 && c.dividers == 0 && len(value) >= 18:
		return alone
	}
	return here
}

// common are values that people set for passwords and that mean something else nearly everywhere, and words of the trade with
// digits in them.
var common = []string{
	"admin", "administrator", "changeme", "change-me", "changeit", "password", "password1", "passw0rd", "postgres", "postgresql", "mysql", "mariadb", "mongodb", "redis", "rabbitmq", "guest", "kafka",
	"elastic", "elasticsearch", "default", "example", "localhost", "secret", "secrets", "letmein", "welcome", "service", "services", "username", "anonymous", "production", "staging",
	"development", "testing", "kubernetes", "cluster", "monitor", "grafana", "prometheus", "minioadmin", "sha256", "sha512", "sha-256", "sha-512", "aes256", "aes128", "rs256", "hs256", "es256",
	"utf8mb4", "base64", "oauth2", "http2", "ipv4", "ipv6", "x86_64", "amd64", "arm64", "linux64", "win32", "log4j", "log4j2", "neo4j", "python3", "node16", "node18", "node20", "node22", "java11",
	"java17", "java21", "java8", "s3-bucket", "us-east-1", "us-west-2", "us-east-2", "eu-west-1", "eu-central-1", "scram-sha-256", "tls1.2", "tls1.3", "tlsv1.2", "tlsv1.3", "1password", "k8s-app",
}

// counts are how many of each kind of sign a value has.
type counts struct{ letters, capitals, digits, dividers, others, han int }

func count(value string) (c counts) {
	for _, r := range value {
		switch {
		case unicode.Is(unicode.Han, r):
			c.han++
		case unicode.IsUpper(r):
			c.capitals++
		case unicode.IsLetter(r):
			c.letters++
		case unicode.IsDigit(r):
			c.digits++
		case strings.ContainsRune("-._/:", r):
			c.dividers++
		default:
			c.others++
		}
	}
	return c
}

// measures are versions, durations and quantities: v1beta1, 10m30s, 512Mi.
var measures = regexp.MustCompile(`^v?[0-9]+(?:alpha|beta|rc)[0-9]+$|^(?:[0-9.]+[a-zA-Z]{1,2})+$`)

// versions reports whether a value is a word with a number: v1, redis7, web-12, 1.2.3, 10m.
func versions(value string) bool {
	if measures.MatchString(value) || strings.Trim(value, "0123456789.v-") == "" {
		return true
	}
	word := strings.TrimRight(value, "0123456789.")
	if number := value[len(word):]; len(number) > 0 && !strings.ContainsAny(word, "0123456789") {
		return strings.HasSuffix(word, "-") || strings.HasSuffix(word, "_") || strings.HasSuffix(number, ".") || slices.Contains(common, word)
	}
	unit := strings.TrimLeft(value, "0123456789.")
	return len(unit) <= 3
}

// humps is how many capitals begin a word.
func humps(value string) int {
	n := 0
	for _, r := range value {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// unmistakable reports whether a value stands for itself alone: it is long, and mixed as words and names of objects are
// not. A password "shop-db-1" taken out everywhere would take the object of that name with it.
func unmistakable(value string) bool {
	if len(value) < 8 || strings.ContainsFunc(value, unicode.IsSpace) || !utf8.ValidString(value) {
		return false
	}
	c := count(value)
	switch {
	case c.han > 0:
		return false
	case c.others > 0, c.capitals > 0 && c.digits > 0:
		return c.digits+c.letters+c.capitals > 4
	case c.dividers > 0:
		return len(value) >= 16 && c.digits > 3 && !strings.Contains(value, "/") && !strings.Contains(value, ":")
	}
	return c.digits > 0 && c.letters > 0 && len(value) >= 10
}
