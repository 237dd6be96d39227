package signature

const untrusted = "log-tls-error"

// certificates: what is wrong between the two ends of TLS, by what the reader has to do about it.
var certificates = []signature{
	sign(untrusted, "expired|not yet valid|notafter", `(?i)certificate has expired(?: or is not yet valid)?|CERT_HAS_EXPIRED|CertificateExpiredException|certificate (?:is )?expired|NotAfter: `).as("expired").when(peered),
	sign(untrusted, "certificate|altname|subject alternative", `x509: certificate is (?:valid for|not valid for any names)[^\n]*|Hostname/IP does not match certificate's altnames|No subject alternative (?:DNS )?names? [^\n]*|[Hh]ostname mismatch|ERR_TLS_CERT_ALTNAME_INVALID|RemoteCertificateNameMismatch`).as("name").when(peered),
	sign(untrusted, "unknown authority|self-signed|self signed|issuer|verify|pkix|untrustedroot|unknown ca|unknown_ca", `(?i)certificate signed by unknown authority|self[- ]signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate|PKIX path building failed|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|CERTIFICATE_VERIFY_FAILED|certificate verify failed|UntrustedRoot|unknown[ _]ca\b|UnknownIssuer`).as("authority").when(peered),
	sign(untrusted, "tls handshake|wrong version number|http response to https|ssl message|support ssl|ssl is not enabled", `(?i)first record does not look like a TLS handshake|wrong version number|server gave HTTP response to HTTPS client|Unsupported or unrecognized SSL message|(?:server )?does not support SSL|SSL is not enabled on the server`).as("plain").when(peered),
	sign(untrusted, "tls: |sslhandshake|ssl routines|ssl_error|alert|tls handshake|authenticationexception", `remote error: tls: [^\n]+|tls: (?:handshake failure|bad certificate|failed to [^\n]+|no certificates configured|private key [^\n]+)|SSLHandshakeException|SSLException|SSL routines:[^\n]+|SSL_ERROR_\w+|SSLError|sslv3 alert [^\n]+|The SSL connection could not be established`).when(peered),
}

// url finds the peer of a TLS error: its own text names none, but the request around it does.
var url = lazily(`(?:https|wss|amqps|rediss|ldaps|mongodb\+srv)://(?:[^@/\s"]+@)?(?P<peer>[\w.\-]+(?::\d+)?)|host='([^']+)'|connect(?:ing)? to (?:server )?(?:at )?"?([\w.\-]+:\d+)`)

func peered(l link, args map[string]string) bool {
	for _, peer := range url().FindStringSubmatch(l.message) {
		if peer != "" {
			args["Peer"] = peer
		}
	}
	return true
}

const unauthenticated = "log-auth-failed"

// databases and other services that know the app by a user and a password, and do not take them.
var databases = []signature{
	sign(unauthenticated, "password authentication failed", `password authentication failed for user ["']?(?P<User>[^"'\s]+)`).as("user"),
	sign(unauthenticated, "access denied for user", `Access denied for user '(?P<User>[^']*)'`).as("user"),
	sign(unauthenticated, "login failed for user", `Login failed for user '(?P<User>[^']+)'`).as("user"),
	sign(unauthenticated, "no pg_hba.conf entry", `no pg_hba\.conf entry for host "[^"]+", user "(?P<User>[^"]+)"`).as("user"),
	sign(unauthenticated, "role ", `(?:FATAL|fatal)[^\n]{0,30}role "(?P<User>[^"]+)" does not exist`).as("user"),
	sign(unauthenticated, "access_refused", `ACCESS_REFUSED - Login was refused|operation Connection\.open[^\n]*ACCESS_REFUSED`),
	sign(unauthenticated, "permission denied for", `permission denied for (?:table|relation|schema|database|sequence|function|view|type|tablespace) [^\n]+`),
	sign(unauthenticated, "permission denied (publickey", `Permission denied \(publickey[^)]*\)`),
	sign(unauthenticated, "noauth|wrongpass|invalid password|invalid username-password", `NOAUTH Authentication required|WRONGPASS[^\n]*|ERR invalid password|invalid username-password pair`),
	sign(unauthenticated, "authentication", `(?i)SASL authentication (?:failed|failure)|SaslAuthenticationException|MongoServerError: (?:bad auth|Authentication failed)|AuthenticationFailed\b|AuthenticationFailure|: bad auth|password authentication failed|code = Unauthenticated|535[ -][^\n]*authentication`),
	sign(unauthenticated, "credential|accesskey|signaturedoesnotmatch|expiredtoken|unrecognizedclient", `(?i)Unable to locate credentials|NoCredentialProviders|Unable to load (?:AWS )?credentials|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken(?:Exception)?|UnrecognizedClientException|could not find default credentials|Invalid Credentials|invalid_client|InvalidClientTokenId`),
	sign(unauthenticated, "authentication failed|authentication required|401|unauthorized|invalid api key|login failed", `(?i)authentication (?:failed|required)|\b401 Unauthorized|status(?: code)?:? 401\b|invalid (?:api key|access token)|login failed`).said(),
}
