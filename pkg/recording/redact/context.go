package redact

import "regexp"

// hints are in texts in which a key may be a secret's, in English.
var hints = []string{"pass", "pwd", "pw", "secret", "token", "jwt", "key", "cred", "salt", "cookie", "sess", "jaas", "csrf", "xsrf", "bearer", "otp", "mnemonic", "pat", "auth", "psk", "sas"}

// quoted are the ways in which a value stands behind what tells of it: in quotes, in quotes of a JSON text within a JSON
// text, or bare.
const quoted = `(?:\\+"(?P<v>[^"\\]+)|"(?P<v2>(?:[^"\\]|\\.)+)|'(?P<v3>(?:[^'\\]|\\.)+)|(?P<bare>[^\s"'‹` + "`" + `]+))`

// contexts are the patterns that know a secret by what stands before it.
func contexts(k *keys) []pattern {
	all := []pattern{
		{
			rule: "private-key", words: []string{"private key"}, anywhere: true,
			re: regexp.MustCompile(`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]*?-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|[\s\S]*)`),
		},
	}
	all = append(all, pattern{scan: k.lines, across: true}, pattern{words: []string{`\n`}, scan: k.inner, across: true})
	all = append(all, headers()...)
	all = append(all, addresses()...)
	all = append(all, pattern{scan: k.pairs}, pattern{words: commandWords(), scan: k.commands})
	return append(append(all, markup()...), sentences()...)
}

// headers are those of requests that were logged, and arguments of what makes them.
func headers() []pattern {
	return []pattern{
		{words: []string{"=> string("}, spare: spareElement, re: regexp.MustCompile(`\["?'?(?P<k>[A-Za-z0-9_.-]+)'?"?\]\s*=> string\([0-9]+\) "(?P<v>[^"‹]+)"`)}, // PHP's var_dump, before its type is taken for the value.
		{rule: "authorization", words: []string{"digest "}, re: regexp.MustCompile(`(?i)\bauthorization\W{1,6}digest\s+(?P<v>[^\n‹]*?response=\\*"?[0-9a-f]+)`)},
		{
			rule: "authorization", words: []string{"authorization"},
			re:   regexp.MustCompile(`(?i)\bauthorization\\*["']?\s*(?:[:=]\s*|\s)\\*["']?\[?\\*["']?(?:(?:bearer|basic|token|digest|negotiate|apikey|ssws|oauth|aws4-hmac-sha256)\s+)?(?P<bare>[^\s,"'‹\\\]` + "`" + `]{6,}(?:\s*,\s*\w+=[^\s,"'‹\\\]]+)*)`),
			trim: trimmed, spare: spareHeader,
		},
		{rule: "authorization", words: []string{"bearer"}, re: regexp.MustCompile(`(?i)\bbearer[\s:=]+(?P<bare>[a-z0-9._~+/=-]{12,})`), trim: trimmed, spare: spareProse},
		{rule: "authorization", words: []string{"basic"}, re: regexp.MustCompile(`(?i)\bbasic\s+(?P<v>[a-z0-9+/]{8,}={0,2})`), spare: notUserInfo},
		{rule: "cookie", words: []string{"cookie"}, re: regexp.MustCompile(`(?i)\b(?:set-)?cookie\\*["']?\s*[:=]\s*\[?\\*["']?(?P<v>[^\s"'‹=\[]+=[^"'‹\n\\\]]+)`)},
	}
}

// addresses are URLs and what else names a server, with a password or a token in it.
func addresses() []pattern {
	return []pattern{
		{
			// postgres://user:password@host; a database's URL is taken to have raw characters in its password.
			rule: "url-password", words: []string{"://"}, spare: spareURL,
			re: regexp.MustCompile(`(?i)\b(?:postgres|postgresql|mysql|mariadb|mongodb|mongodb\+srv|redis|rediss|amqp|amqps|mssql|sqlserver|clickhouse|nats|ldap|ldaps|smtp|smtps|ftp|sftp|cockroachdb|oracle|kafka|mqtt|s3|s3a|smb|cifs|rsync|ssh|couchdb|couchbase|neo4j|bolt|cassandra|scylla|elasticsearch|opensearch|influxdb|snowflake|redshift|vertica|db2|stomp|etcd)://[^\s/?#:@"'<>‹]*:(?P<v>[^\s"'<>‹]+)@`),
		},
		{
			rule: "url-password", words: []string{"://"}, spare: spareURL,
			re: regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://[^\s/?#:@"'<>‹]*:(?P<v>[^\s/?#"'<>‹]+)@`),
		},
		{
			// A token in the place of a user: https://TOKEN@github.com, the DSN of Sentry.
			rule: "url-token", words: []string{"://"}, spare: spareUser,
			re: regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://(?P<v>[a-z0-9_.-]{16,})@`),
		},
		{
			// A URL that is a value within another one, percent-encoded.
			rule: "url-password", words: []string{"%3a%2f%2f"}, spare: spareURL,
			re: regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*%3a%2f%2f(?:[^\s"'<>‹%&]|%[0-9a-f]{2})*?%3a(?P<v>[^\s"'<>‹&]+?)%40`),
		},
		{rule: "url-password", words: []string{"@tcp(", "@unix("}, re: regexp.MustCompile(`[^\s:@/"'=‹]+:(?P<v>[^\s"'‹]+)@(?:tcp|unix)\(`)},
		{
			// jdbc:oracle:thin:user/password@host; sqlplus and its kin are commands.
			rule: "url-password", words: []string{"jdbc:oracle:"}, re: regexp.MustCompile(`(?i)\bjdbc:oracle:[a-z0-9]+:[^\s/@"'‹]+/(?P<v>"?[^\s"'‹]+?"?)@`),
		},
		{
			rule: "url-parameter", words: []string{"key=", "sig=", "signature=", "code=", "auth=", "sas=", "credential=", "keyid=", "token=", "password=", "passwd=", "pwd=", "secret="}, spare: spareParameter,
			re: regexp.MustCompile(`(?i)[?&](?P<k>[a-z_-]*(?:key|token|secret|password|passwd|pwd)|sig|signature|code|auth|x-amz-signature|x-amz-credential|x-goog-signature|x-goog-credential|awsaccesskeyid|sas)=(?P<v>[^&\s"'#<>‹\\]+)`),
		},
		{
			// ...%26token%3Dx%26..., a URL within a URL.
			words: []string{"%3d", "%3a"}, spare: spareElement,
			re: regexp.MustCompile(`(?i)(?:%3f|%26|%7b|%2c|[?&=])(?:%22)?(?P<k>[a-z0-9_.-]+)(?:%22)?%3[ad](?:%20)?(?:%22)?(?P<v>(?:[^\s&%"'‹]|%(?:2[013-9a-f]|[013-9a-f][0-9a-f]))+)`),
		},
	}
}

// markup are elements, attributes, and pairs of a name and its value.
func markup() []pattern {
	const name = `(?P<k>[\p{L}0-9_.$:-]+)`
	return []pattern{
		{words: []string{"</", "/>"}, spare: spareElement, re: regexp.MustCompile(`<` + name + `(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?(?P<v>[^<>‹\]]+?)\s*(?:\]\]>)?</`)},
		{
			// {"name": "DB_PASSWORD", "value": "x"}, <property name="password" value="x"/>, {Name:DB_PASSWORD Value:x}.
			words: []string{"value"}, spare: spareElement, trim: trimmed,
			re: regexp.MustCompile(`(?i)\b(?:name|key|id)\b["'\\]*\s*[:=]\s*["'\\]*` + name + `["'\\]*[\s,;]+(?:type\s*=\s*["'][a-z]+["']\s*)?["'\\]*(?:value|content)["'\\]*\s*[:=]\s*` + quoted),
		},
		{words: []string{`,"`, `, "`, `,<<"`}, spare: spareElement, re: regexp.MustCompile(`\{` + name + `\s*,\s*(?:<<)?\\*"(?P<v>[^"‹\\]+)\\*"`)},                 // Erlang's.
		{words: []string{"</key>"}, spare: spareElement, re: regexp.MustCompile(`<key>` + name + `</key>\s*<(?:string|data)>\s*(?P<v>[^<>‹]+?)\s*</`)},             // A property list's.
		{words: []string{"->"}, spare: spareElement, trim: trimmed, re: regexp.MustCompile(name + `["']?\s*->\s*["']?(?P<bare>[^\s"'‹]+)`)},                        // Scala's.
		{words: []string{"' to value '"}, spare: spareElement, re: regexp.MustCompile(`'` + name + `' to value '(?P<v>[^'‹]+)'`)},                                  // Spring's binder.
		{words: []string{`"""`}, spare: spareElement, re: regexp.MustCompile(name + `\s*[:=]\s*"""\s*(?P<v>[^"‹]+?)\s*"""`)},                                       // Triple quotes.
		{words: []string{"| ", "│ "}, spare: spareElement, trim: trimmed, re: regexp.MustCompile(`[|│]\s*` + name + `\s*[|│]\s*(?P<bare>[^\s|│‹]+)\s*(?:[|│]|$)`)}, // A table's.
		{words: []string{" :", "{:", "(:"}, spare: spareElement, re: regexp.MustCompile(`(?:^|[\s{(,]):(?P<k>[a-zA-Z0-9_-]+)\s+\\*"(?P<v>[^"\\]+)`)},               // Clojure's.
		{words: []string{"key=", "name="}, spare: spareElement, re: regexp.MustCompile(`(?i)<(?:entry|param|string|item|property|setting)\s[^<>]*?(?:key|name)\s*=\s*\\*["']` + name + `\\*["'][^<>]*>\s*(?P<v>[^<>‹]+?)\s*</`)},
	}
}

// sentences are statements of databases, lines of configuration, and prose.
func sentences() []pattern {
	return []pattern{
		{rule: "password", words: []string{"identified"}, re: regexp.MustCompile(`(?i)\bidentified\s+(?:with\s+\S+\s+)?(?:by|as)\s+(?:password\s+)?(?:\\*'(?P<v>[^'‹\\]+)|\\*"(?P<v2>[^"‹\\]+)|(?P<bare>[^\s;'"‹\\]+))`), trim: trimmed, spare: spareValue},
		{rule: "password", words: []string{"password"}, re: regexp.MustCompile(`(?i)\bpassword\s*(?:\(|\s)\s*N?\\*'(?P<v>[^'‹\\]+)\\*'`), spare: spareValue},
		{rule: "password", words: []string{"login"}, re: regexp.MustCompile(`(?i)\blogin\s+\S+\s+(?:password|passwd)\s+(?P<v>[^\s"'‹\\]+)`), spare: spareReference},
		{rule: "password", words: []string{"machine"}, re: regexp.MustCompile(`(?i)\bmachine\s+\S+\s[^\n]{0,200}?\bpassword\s+(?P<v>[^\s"'‹\\]+)`)},
		{rule: "password", words: []string{"requirepass", "masterauth", "auth-pass", "primaryauth"}, re: regexp.MustCompile(`(?i)\b(?:requirepass|masterauth|primaryauth|auth-pass\s+\S+)\\*["']?[\s,]+\\*["']?(?P<v>[^\s"'‹\\]+)`), spare: spareProse},
		{rule: "password", words: []string{"stats auth"}, re: regexp.MustCompile(`\bstats\s+auth\s+[^\s:]+:(?P<v>\S+)`)},
		{rule: "password", words: []string{"chpasswd", "stdin", "sudo -s", "kinit"}, re: regexp.MustCompile(`\b(?:echo|printf)\s+(?:-n\s+|-e\s+|'?%s'?\s+)?["']?(?:[a-z_][a-z0-9_-]*:)?(?P<v>[^\s"'|‹]{4,})["']?\s*\|[^|\n]*(?:chpasswd|--password-stdin|--stdin|-stdin|sudo -S|kinit)`), spare: spareReference},
		{
			words: []string{"pass", "token", "secret", "key"}, spare: spareSentence, // the password is x
			re: regexp.MustCompile(`(?i)(?:\b|_)(?P<k>password|passwd|passphrase|token|secret|api[ _-]?key|access[ _-]?key)\s+(?:is set to|is|was|=|(?:re)?set\s+to|changed\s+to|value)\s*:?\s*["'` + "`" + `]?(?P<bare>[^\s"'‹` + "`" + `]{6,})`), trim: trimmed,
		},
		{
			words: []string{"password", "token", "secret", "passphrase"}, spare: spareSentence, // a temporary password is generated for root@localhost: x
			re: regexp.MustCompile(`(?i)\b(?:(?:generated|temporary|initial|one-time|default|random|new|admin|root)\s+(?:\w+\s+){0,2}(?P<k>password|passphrase|token|secret)|(?P<k2>password|passphrase|token|secret)\b[^:=\n"']{0,20}\b(?:for|of)\s+(?:the\s+)?(?:user|account|admin|root|superuser|elastic|database))\b[^:=\n"']{0,60}[:=]\s*["'` + "`" + `]?(?P<bare>[^\s"'‹` + "`" + `]{6,})`), trim: trimmed,
		},
		{
			// with password hunter2, using token x: only what cannot be a word.
			words: []string{"password ", "passwd ", "passphrase ", "token ", "secret ", "key "}, spare: spareMixed,
			re: regexp.MustCompile(`(?i)\b(?:with|using|use|has|have|and|user|got|sent|send|sending|auth|wrong|invalid|bad|old|new|for)\s+(?:\S+\s+)?(?P<k>password|passwd|passphrase|token|secret|api key)\s+["'` + "`" + `(]?(?P<bare>[^\s"'‹` + "`" + `]{6,})`), trim: trimmed,
		},
		{
			// credentials shop / x
			rule: "credential", words: []string{"credential"}, spare: spareMixed, trim: trimmed,
			re: regexp.MustCompile(`(?i)\bcredentials?\s*:?\s+[a-z0-9_.@-]{1,64}\s*[/:]\s*(?P<bare>[^\s"'‹` + "`" + `]{6,})`),
		},
		{
			// loaded secret from env: x
			words: []string{"from ", "via "}, spare: spareSentence, trim: trimmed,
			re: regexp.MustCompile(`(?i)\b(?P<k>password|passwd|passphrase|token|secret|api key)\s+(?:from|via)\s+\w+:\s+(?P<bare>[^\s"'‹` + "`" + `]{6,})`),
		},
		{
			// set("api.secret", "x")
			words: []string{`",`, `',`}, spare: spareElement,
			re: regexp.MustCompile(`\(\s*\\*["'](?P<k>[A-Za-z0-9_.$-]+)\\*["']\s*,\s*\\*["'](?P<v>[^"'‹\\]+)\\*["']\s*\)`),
		},
		{
			// hibernate.connection.password x, a line of properties.
			words: hints, spare: spareDirective, trim: trimmed,
			re: regexp.MustCompile(`(?m)^[ \t]*(?P<k>[A-Za-z0-9_.-]+)[ \t]+(?P<bare>[^\s"'‹]+)[ \t\r]*$`),
		},
		{rule: "password", words: []string{"<<<"}, re: regexp.MustCompile(`\b(?:kinit|passwd|chpasswd|sudo|cryptsetup|gpg)\b[^\n]*<<<\s*["']?(?P<v>[^\s"'‹]+)`), spare: spareReference},
		{rule: "credential", words: []string{"auth plain", "auth login"}, re: regexp.MustCompile(`(?i)\bauth\s+(?:plain|login)\s+(?P<v>[a-z0-9+/]{12,}={0,2})`), spare: spareProse},
		{words: hanHints, spare: spareMixed, re: regexp.MustCompile(`(?P<k>密码|密碼|口令|密钥|密鑰|秘钥|私钥|金鑰|令牌|凭证|凭据|憑證) +(?P<v>[!-~]{6,})`)},
		{words: hanHints, spare: spareReference, re: hanSentence},
		{rule: "credential", words: []string{`"auth`, `\"auth`}, re: regexp.MustCompile(`"auth\\*"\s*:\s*\\*"(?P<v>[A-Za-z0-9+/=]{6,})`), spare: spareProse},
		{
			// NEO4J_AUTH=neo4j/x, "auth": "user:x".
			rule: "credential", words: []string{"auth"}, spare: spareMechanism,
			re: regexp.MustCompile(`(?i)(?:^|[\s"'\[{,;&])-{0,2}(?:[a-z0-9]+[_-])*auth\\*["']?\s*[:=]\s*\\*["']?(?P<bare>[^\s"'‹\\,;]{8,})`), trim: trimmed,
		},
	}
}
