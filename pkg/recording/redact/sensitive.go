package redact

import (
	"slices"
	"strings"
	"unicode"
)

// Sensitive reports whether a value under this name is a secret by habit: DB_PASSWORD, apiKey, bindpw, 密码. A name that
// only tells where the secret is (TOKEN_FILE, secretName, AUTH_URL) is not.
func Sensitive(name string) bool { return class(name) != "" }

// classes are the words of a name that make its value a secret, each with the rule that it is counted under. The words are
// those of a name in any spelling: passWord, PASS_WORD and password are alike. Compounds without a seam, such as MASTERKEY,
// are the endings' (see compound).
var classes = []struct {
	rule  string
	words []string
}{
	{"password", []string{
		"password", "passwords", "passwd", "pwd", "pw", "pass", "passphrase", "pass phrase", "passcode", "pincode", "pin code", "otp", "totp", "mnemonic",
		"seed phrase", "recovery phrase", "recovery code", "recovery codes", "backup code", "backup codes", "psk", "passin", "passout",
		"passwort", "kennwort", "contrasena", "contraseña", "mot de passe", "motdepasse", "senha", "parola", "hasło", "wachtwoord", "lösenord", "пароль",
		"パスワード", "비밀번호", "암호", "şifre", "mật khẩu",
	}},
	{"api-key", keysOf("api", "app", "license", "licence", "subscription", "integration", "routing", "write", "ingest", "function", "functions", "consumer", "product")},
	{"private-key", append(keysOf(
		"private", "priv", "ssh", "signing", "sign", "signature", "encryption", "encrypt", "decryption", "decrypt", "master", "tls", "ssl", "gpg", "pgp", "hmac", "cipher", "crypt",
		"crypto", "aes", "rsa", "dsa", "ecdsa", "deploy", "host", "age", "unseal", "seal", "recovery", "root", "wrap", "wrapping", "data encryption", "vault", "cookie", "cookies", "hash",
	), "client key data", "key data")},
	{"access-key", append(keysOf("access", "account", "storage", "shared", "shared access", "pre shared", "preshared", "service", "auth", "authentication", "instrumentation", "session", "security"),
		"shared access signature", "sharedaccesssignature", "sas")},
	{"token", []string{"token", "tokens", "bearer", "jwt", "pat", "csrf", "xsrf", "samlresponse", "saml response", "auth code", "authcode"}},
	{"secret", append(keysOf("secret"), "secret", "secrets", "salt", "pepper", "client assertion", "community string")},
	{"credential", []string{
		"credential", "credentials", "cred", "creds", "authorization", "auth header", "x auth", "basic auth", "basicauth", "auth basic", "connection string", "connectionstring", "conn str", "connstr",
		"kubeconfig", "dockerconfigjson", "dockerconfig json", "dockercfg", "sasl jaas config", "jaas", "npm auth",
	}},
	{"cookie", []string{"cookie", "cookies", "session id", "sessionid", "sessid", "phpsessid", "jsessionid", "sess"}},
}

// keysOf are the names of keys: of "api" it is "api key" and "apikey", and both of many.
func keysOf(kinds ...string) []string {
	var all []string
	for _, kind := range kinds {
		joined := strings.ReplaceAll(kind, " ", "")
		all = append(all, kind+" key", kind+" keys", joined+"key", joined+"keys")
	}
	return all
}

// tells are last words of names that only tell of a secret: where it is, how long, how many, of which kind.
var tells = []string{
	"name", "names", "file", "files", "path", "paths", "dir", "directory", "folder", "ref", "type", "length", "len", "size", "ttl", "expiry",
	"expires", "expiration", "expired", "seconds", "minutes", "hours", "url", "uri", "urls", "endpoint", "host", "hostname", "port", "enabled", "disabled", "issuer",
	"audience", "version", "count", "limit", "limits", "max", "min", "mount", "namespace", "algorithm", "alg", "provider", "policy", "rotation", "env", "label", "labels",
	"method", "mode", "encryption", "hashing", "required", "optional", "source", "store", "manager", "backend", "class", "status", "error", "reset", "id", "ids", "age",
	"usage", "rate", "budget", "bucket", "service", "server", "address", "addr", "driver", "format", "scope", "scopes", "verification", "validation", "review", "request", "domain", "prefix",
	"suffix", "interval", "timeout", "header", "field", "revision", "template", "volume", "operator", "controller", "injector", "webhook", "config",
	"ms", "at", "total", "refs", "list", "lists", "cache", "exists", "present", "valid", "attempts", "failures", "errors", "used", "kind", "requests",
	"location", "dirs", "stdin", "window", "period", "quota", "filename", "readable", "pattern", "regex", "rules", "rule", "selector", "schema",
}

// class returns the rule under which a value of this name is secret, or nothing.
func class(name string) string {
	if rule := hanClass(name); rule != "" {
		return rule
	}
	if name == "_auth" { // npm's, which is user:password in base64.
		return "credential"
	}
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
	for i := 0; found == "" && i < len(words); i++ {
		found = compound(words[i])
	}
	switch last := words[len(words)-1]; {
	case found == "":
		return ""
	case len(words) == 1:
		return found
	case strings.HasSuffix(joined, " secret id ") || strings.HasSuffix(joined, " session id "), strings.HasSuffix(joined, " jaas config "):
		return found // Vault's approle logs in with a "secret id"; the two others are credentials as a whole.
	case slices.Contains(tells, last), last == "secret" && slices.Contains(named, words[len(words)-2]), last == "secrets" && words[len(words)-2] == "pull":
		return ""
	}
	return found
}

// named are the words before "secret" in fields of custom resources and of charts that hold the name of a Secret.
var named = []string{"existing", "tls", "pull", "ca", "cert", "certificate", "credentials", "password", "ssl", "image", "superuser", "ref"}

// endings are how a word without a seam ends that is a secret's: DBPASSWD, apitoken, userpw.
var endings = []struct{ rule, end string }{
	{"password", "password"},
	{"password", "passwords"},
	{"password", "passwd"},
	{"password", "passphrase"},
	{"password", "passcode"},
	{"password", "pwd"},
	{"password", "pass"},
	{"password", "pw"},
	{"token", "token"},
	{"token", "tokens"},
	{"secret", "secret"},
	{"secret", "secrets"},
	{"credential", "credential"},
	{"credential", "credentials"},
	{"credential", "creds"},
}

// harmless are words that end as a secret's name does and are none.
var harmless = []string{
	"compass", "bypass", "trespass", "overpass", "underpass", "surpass", "encompass", "subpass", "multipass", "lowpass", "highpass", "bandpass", "allpass", "firstpass", "onepass",
	"singlepass", "oldpwd", "initpwd", "chpasswd", "gpasswd", "vipw", "lckpwdf",
}

// tails are what may follow "password" within a word without making it something else.
var tails = []string{"hash", "hashed", "value", "plain", "plaintext", "text", "base", "crypt", "encrypted", "digest", "string", "str", "new", "old", "current", "confirm", "confirmation"}

// compound returns the rule of a word that is made of others and is a secret's as a whole.
func compound(word string) string {
	if slices.Contains(harmless, word) {
		return ""
	}
	for _, e := range endings {
		if strings.HasSuffix(word, e.end) && len(word) > len(e.end) {
			return e.rule
		}
	}
	for _, c := range classes {
		for _, of := range c.words {
			if len(of) >= len("apikey") && strings.HasSuffix(of, "key") && strings.HasSuffix(word, of) {
				return c.rule
			}
		}
	}
	for _, stem := range []string{"password", "passwd", "passphrase"} {
		if _, tail, found := strings.Cut(word, stem); found && slices.Contains(tails, tail) {
			return "password"
		}
	}
	return ""
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
