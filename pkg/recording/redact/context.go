package redact

import "regexp"

// keyWords are the beginnings of words that may make a key a secret's; class decides.
const keyWords = `passw|passphrase|passcode|passwd|pwd|pass|secret|token|jwt|api[_.-]?key|app[_-]?key|access[_.-]?key|private[_.-]?key|account[_-]?key|shared[_-]?key|` +
	`signing[_-]?key|encryption[_-]?key|master[_-]?key|auth[_-]?key|session[_-]?key|key[_-]?data|license[_-]?key|ssh[_-]?key|storage[_-]?key|service[_-]?key|cred|salt|cookie|sess|jaas|csrf|xsrf|bearer|otp|mnemonic|[_-]pat`

// hints are keyWords as a text without any of them is left alone.
var hints = []string{"pass", "pwd", "secret", "token", "jwt", "key", "cred", "salt", "cookie", "sess", "jaas", "csrf", "xsrf", "bearer", "otp", "mnemonic", "_pat", "-pat"}

// The ways in which a value stands behind its key: in quotes, in quotes of a JSON text within a JSON text, or bare.
const quoted = `(?:\\+"(?P<v>[^"\\]+)|"(?P<v2>(?:[^"\\]|\\.)+)|'(?P<v3>(?:[^'\\]|\\.)+)|(?P<bare>[^\s"'‹` + "`" + `]+))`

// contexts are the patterns that know a secret by what stands before it.
func contexts() []pattern {
	return []pattern{
		{
			rule: "private-key", words: []string{"private key"}, remember: false,
			re: regexp.MustCompile(`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]*?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|[\s\S]*)`),
		},
		{
			// Headers, in a request that was logged, in an argument of curl.
			rule: "authorization", words: []string{"authorization"},
			re:   regexp.MustCompile(`(?i)\bauthorization\\*["']?\s*[:=]\s*\\*["']?\[?\\*["']?(?:(?:bearer|basic|token|digest|negotiate|apikey|ssws|oauth|aws4-hmac-sha256)\s+)?(?P<bare>[^\s,"'‹\\\]` + "`" + `]{6,}(?:\s*,\s*\w+=[^\s,"'‹\\\]]+)*)`),
			trim: trimmed, spare: spareHeader,
		},
		{rule: "authorization", words: []string{"bearer "}, re: regexp.MustCompile(`(?i)\bbearer\s+(?P<bare>[a-z0-9._~+/=-]{12,})`), trim: trimmed, spare: spareProse},
		{rule: "authorization", words: []string{"basic "}, re: regexp.MustCompile(`(?i)\bbasic\s+(?P<v>[a-z0-9+/]{8,}={0,2})`), spare: notUserInfo},
		{rule: "cookie", words: []string{"cookie"}, re: regexp.MustCompile(`(?i)\b(?:set-)?cookie\\*["']?\s*[:=]\s*\\*["']?(?P<v>[^\s"'‹=]+=[^"'‹\n\\]+)`)},
		{
			// postgres://user:password@host; a database's URL is taken to have raw characters in its password.
			rule: "url-password", words: []string{"://"}, remember: true, spare: spareURL,
			re: regexp.MustCompile(`(?i)\b(?:postgres|postgresql|mysql|mariadb|mongodb|mongodb\+srv|redis|rediss|amqp|amqps|mssql|sqlserver|clickhouse|nats|ldap|ldaps|smtp|smtps|ftp|sftp|cockroachdb|oracle|kafka|mqtt)://[^\s/?#:@"'<>‹]*:(?P<v>[^\s"'<>‹]+)@`),
		},
		{
			rule: "url-password", words: []string{"://"}, remember: true, spare: spareURL,
			re: regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://[^\s/?#:@"'<>‹]*:(?P<v>[^\s/?#"'<>‹]+)@`),
		},
		{
			// A token in the place of a user: https://TOKEN@github.com, the DSN of Sentry.
			rule: "url-token", words: []string{"://"}, spare: spareUser,
			re: regexp.MustCompile(`(?i)\bhttps?://(?P<v>[a-z0-9_.-]{16,})@`),
		},
		{rule: "url-password", words: []string{"@tcp(", "@unix("}, remember: true, re: regexp.MustCompile(`[^\s:@/"'=‹]+:(?P<v>[^\s"'‹]+)@(?:tcp|unix)\(`)},
		{
			rule: "url-parameter", words: []string{"?", "&"}, spare: spareParameter,
			re: regexp.MustCompile(`(?i)[?&](?P<k>access_token|id_token|refresh_token|token|api[_-]?key|apikey|app[_-]?key|key|sig|signature|password|passwd|pwd|secret|client_secret|auth|code|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|awsaccesskeyid|sas)=(?P<v>[^&\s"'#<>‹\\]+)`),
		},
		{
			words: hints, trim: trimmed, spare: spareValue, // key=value, "key": "value", key: value
			re: regexp.MustCompile(`(?i)(?P<k>[a-z0-9_.$-]*(?:` + keyWords + `)[a-z0-9_.-]*)(?:\\*["']|\])?\s*(?:=>|:=|==?|:)\s*(?:&?quot;)?` + quoted),
		},
		{
			words: hints, trim: trimmed, spare: spareFlag, // --password value
			re: regexp.MustCompile(`(?i)(?:^|[\s"'\[,])--?(?P<k>[a-z0-9-]*(?:` + keyWords + `)[a-z0-9-]*)["']?,?\s+` + quoted),
		},
		{
			words: []string{"<"}, spare: spareValue, // <password>value</password>
			re: regexp.MustCompile(`(?i)<(?P<k>[a-z0-9_:.-]*(?:` + keyWords + `)[a-z0-9_:.-]*)(?:\s[^<>]*)?>(?P<v>[^<>‹]+)</`),
		},
		{rule: "password", words: []string{"identified", "password '", "password  '"}, re: regexp.MustCompile(`(?i)\b(?:identified\s+(?:with\s+\S+\s+)?(?:by|as)|password)\s+'(?P<v>[^'‹]+)'`)},
		{rule: "password", words: []string{"login"}, re: regexp.MustCompile(`(?i)\blogin\s+\S+\s+password\s+(?P<v>[^\s"'‹]+)`)},
		{rule: "password", words: []string{"sshpass"}, re: regexp.MustCompile(`\bsshpass\s+-p\s*["']?(?P<v>[^\s"'‹]+)`)},
		{rule: "password", words: []string{"mysql", "mariadb"}, re: regexp.MustCompile(`\b(?:mysql|mariadb)[a-z-]*\s(?:[^\n|;&]*\s)?-p["']?(?P<v>[^\s"'‹]+)`), spare: spareProse},
		{rule: "password", words: []string{"redis-cli", "valkey-cli"}, re: regexp.MustCompile(`\b(?:redis|valkey)-cli\s(?:[^\n|;&]*\s)?-a\s*["']?(?P<v>[^\s"'‹]+)`)},
		{rule: "password", words: []string{"curl", "wget", "http"}, re: regexp.MustCompile(`\b(?:curl|wget|https?)\s(?:[^\n|;&]*\s)?(?:-u|--user|-a|--auth)[\s=]*["']?[^\s:"'‹]+:(?P<v>[^\s"'‹]+)`)},
		{
			words: []string{"pass", "token", "secret", "key"}, spare: spareSentence, // the password is x
			re: regexp.MustCompile(`(?i)\b(?P<k>password|passwd|passphrase|token|secret|api[ _-]?key|access[ _-]?key)\s+(?:is|was|=|set\s+to|value)\s*:?\s*["']?(?P<v>[^\s"'‹]{6,})`),
		},
		{rule: "credential", words: []string{`"auth`, `\"auth`}, re: regexp.MustCompile(`"auth\\*"\s*:\s*\\*"(?P<v>[A-Za-z0-9+/=]{6,})`)},
	}
}
