package redact

import (
	"slices"
	"strings"
	"unicode"
)

// Sensitive reports whether a value under this name is a secret by habit: DB_PASSWORD, apiKey, x-auth-token. A name that
// only tells where the secret is (TOKEN_FILE, secretName, AUTH_URL) is not.
func Sensitive(name string) bool { return class(name) != "" }

// classes are the words of a name that make its value a secret, each with the rule that it is counted under. The words are
// those of a name in any spelling: passWord, PASS_WORD and password are alike.
var classes = []struct {
	rule  string
	words []string
}{
	{"password", []string{"password", "passwords", "passwd", "pwd", "pass", "passphrase", "passcode", "pgpassword", "userpassword", "rootpassword", "dbpassword", "dbpass", "pincode", "otp", "totp", "mnemonic"}},
	{"api-key", []string{"apikey", "api key", "apikeys", "app key", "appkey", "license key", "subscription key", "integration key", "routing key", "write key", "ingest key", "x api key"}},
	{"private-key", []string{"private key", "privatekey", "ssh key", "signing key", "encryption key", "master key", "client key data", "key data", "tls key", "gpg key", "hmac key", "cipher key", "deploy key", "host key", "age key"}},
	{"access-key", []string{"access key", "accesskey", "account key", "accountkey", "storage key", "shared key", "shared access key", "sharedaccesskey", "service key", "auth key", "authkey", "instrumentation key", "session key", "security key"}},
	{"token", []string{"token", "tokens", "authtoken", "accesstoken", "refreshtoken", "bearer", "jwt", "pat", "ghtoken", "csrf", "xsrf"}},
	{"secret", []string{"secret", "secrets", "clientsecret", "secretkey", "salt", "pepper", "client assertion"}},
	{"credential", []string{"credential", "credentials", "cred", "creds", "authorization", "auth header", "basic auth", "basicauth", "connection string", "connectionstring", "conn str", "connstr", "kubeconfig", "dockerconfigjson", "sasl jaas config", "jaas"}},
	{"cookie", []string{"cookie", "cookies", "session id", "sessionid", "sessid", "phpsessid", "jsessionid", "session secret"}},
}

// tells are last words of names that only tell of a secret: where it is, how long, how many, of which kind.
var tells = []string{
	"name", "names", "file", "files", "path", "paths", "dir", "directory", "folder", "ref", "type", "length", "len", "size", "ttl", "expiry",
	"expires", "expiration", "expired", "seconds", "minutes", "hours", "url", "uri", "urls", "endpoint", "host", "hostname", "port", "enabled", "disabled", "issuer",
	"audience", "version", "count", "limit", "limits", "max", "min", "mount", "namespace", "algorithm", "alg", "provider", "policy", "rotation", "env", "label", "labels",
	"method", "mode", "encryption", "hashing", "required", "optional", "source", "store", "manager", "backend", "class", "status", "error", "reset", "id", "ids", "age",
	"usage", "rate", "budget", "bucket", "service", "server", "address", "addr", "driver", "format", "scope", "scopes", "verification", "validation", "review", "request", "domain", "prefix",
	"suffix", "interval", "timeout", "header", "field", "revision", "template", "volume", "operator", "controller", "injector", "webhook", "config",
}

// class returns the rule under which a value of this name is secret, or nothing.
func class(name string) string {
	words := wordsOf(name)
	if len(words) == 0 || name == "PWD" || name == "OLDPWD" { // The working directory.
		return ""
	}
	joined := " " + strings.Join(words, " ") + " "
	found := ""
	for _, c := range classes {
		if slices.ContainsFunc(c.words, func(word string) bool { return strings.Contains(joined, " "+word+" ") }) {
			found = c.rule
			break
		}
	}
	switch last := words[len(words)-1]; {
	case found == "":
		return ""
	case len(words) == 1:
		return found
	case strings.HasSuffix(joined, " secret id ") || strings.HasSuffix(joined, " session id "), strings.HasSuffix(joined, " jaas config "):
		return found // Vault's approle logs in with a "secret id"; the two others are credentials as a whole.
	case slices.Contains(tells, last):
		return ""
	}
	return found
}

// wordsOf splits a name into its words, in lower case: "X-Api-Key", "xApiKey" and "X_API_KEY" have the same ones.
func wordsOf(name string) []string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		case unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsUpper(runes[i-1]) && unicode.IsLower(runes[i+1])):
			end()
		}
		word = append(word, r)
	}
	end()
	for i, w := range words {
		if trimmed := strings.TrimRight(w, "0123456789"); trimmed != "" {
			words[i] = trimmed // DB_PASSWORD2
		}
	}
	return words
}
