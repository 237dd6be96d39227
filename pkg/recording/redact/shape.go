package redact

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// shape is a token whose issuer gave it a form of its own.
type shape struct {
	rule string
	// words are in lower case, as pattern.words.
	words []string
	form  string
}

// issued are the forms of tokens as their issuers document them.
var issued = []shape{
	{"jwt", []string{"eyj"}, `\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*`},
	{"jwt", []string{"zxlk"}, `\bZXlK[A-Za-z0-9+/_-]{24,}={0,2}`}, // In base64, as in a Secret.
	{"aws", []string{"akia", "asia", "abia", "acca"}, `\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b`},
	{"aws", []string{"iqojb3jpz2lux2vj", "fwogzxivyxdz", "aqo"}, `\b(?:IQoJb3JpZ2luX2Vj|FwoGZXIvYXdz|AQoDYXdzE)[A-Za-z0-9+/=]{40,}`},
	{"aws", []string{"absk"}, `\bABSK[A-Za-z0-9+/]{100,}={0,2}`},
	{"gcp", []string{"aiza"}, `\bAIza[A-Za-z0-9_-]{35}`},
	{"gcp", []string{"ya29."}, `\bya29\.[A-Za-z0-9_-]{20,}`},
	{"gcp", []string{"gocspx-"}, `\bGOCSPX-[A-Za-z0-9_-]{20,}`},
	{"azure", []string{"8q~", "7q~"}, `\b[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}`},
	{"github", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}, `\bgh[pousr]_[A-Za-z0-9]{30,255}`},
	{"github", []string{"github_pat_"}, `\bgithub_pat_[A-Za-z0-9_]{22,255}`},
	{"gitlab", []string{"gl"}, `\bgl(?:pat|dt|rt|ptt|cbt|soat|ft|imt|agent|rtr|oas|ffct|wt)-[A-Za-z0-9_.=-]{20,}`},
	{"bitbucket", []string{"atbb", "atctt3", "atatt3"}, `\bAT(?:BB|CTT3|ATT3)[A-Za-z0-9_=.-]{24,}`},
	{"slack", []string{"xox", "xapp-", "xwfp-"}, `\b(?:xox[abceoprs](?:\.xox[bp])?-|xapp-|xwfp-)[A-Za-z0-9-]{10,}`},
	{"slack", []string{"hooks.slack.com"}, `hooks\.slack\.com/(?:services|workflows|triggers)/(?P<v>[A-Za-z0-9/_+=-]{10,})`},
	{"discord", []string{"/webhooks/"}, `discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/(?P<v>[A-Za-z0-9_-]{20,})`},
	{"discord", []string{"discord"}, `\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}\b`},
	{"teams", []string{"webhook.office.com"}, `webhook\.office\.com/(?P<v>webhookb2/[A-Za-z0-9@/_-]{20,})`},
	{"telegram", []string{":aa"}, `(?:\b|bot)(?P<v>[0-9]{8,10}:AA[A-Za-z0-9_-]{33})\b`},
	{"stripe", []string{"k_live_", "k_test_"}, `\b[srp]k_(?:live|test)_[A-Za-z0-9]{10,}`},
	{"stripe", []string{"whsec_"}, `\bwhsec_[A-Za-z0-9+/=]{20,}`},
	{"square", []string{"sq0", "eaaa"}, `\b(?:sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}|EAAA[A-Za-z0-9_-]{56,})`},
	{"paypal", []string{"access_token$production$"}, `\baccess_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}`},
	{"shopify", []string{"shp"}, `\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`},
	{"npm", []string{"npm_"}, `\bnpm_[A-Za-z0-9]{30,}`},
	{"pypi", []string{"pypi-"}, `\bpypi-[A-Za-z0-9_-]{32,}`},
	{"rubygems", []string{"rubygems_"}, `\brubygems_[0-9a-f]{40,}`},
	{"crates", []string{"cio"}, `\bcio[A-Za-z0-9]{32}\b`},
	{"dockerhub", []string{"dckr_"}, `\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}`},
	{"model-key", []string{"sk-"}, `\bsk-(?:proj-|ant-|svcacct-|admin-|or-v1-|None-)?[A-Za-z0-9_-]{20,}`},
	{"model-key", []string{"hf_", "gsk_", "xai-", "r8_", "pplx-", "nvapi-", "co-"}, `\b(?:hf_|gsk_|xai-|r8_|pplx-|nvapi-)[A-Za-z0-9_-]{30,}`},
	{"sendgrid", []string{"sg."}, `\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}`},
	{"twilio", []string{"sk"}, `\bSK[0-9a-f]{32}\b`},
	{"mailgun", []string{"key-"}, `\bkey-[0-9a-f]{32}\b`},
	{"mailchimp", []string{"-us"}, `\b[0-9a-f]{32}-us[0-9]{1,2}\b`},
	{"brevo", []string{"xkeysib-", "xsmtpsib-"}, `\bx(?:key|smtp)sib-[0-9a-f]{64}-[A-Za-z0-9]{16}`},
	{"digitalocean", []string{"_v1_"}, `\bdo[opr]_v1_[0-9a-f]{64}`},
	{"vault", []string{"hvs.", "hvb.", "hvr."}, `\bhv[sbr]\.[A-Za-z0-9_-]{20,}`},
	{"terraform", []string{".atlasv1."}, `\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}`},
	{"pulumi", []string{"pul-"}, `\bpul-[0-9a-f]{40}`},
	{"doppler", []string{"dp."}, `\bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{20,}`},
	{"fly", []string{"fo1_", "fm2_", "fm1"}, `\bf(?:o1|m[12][ar]?)_[A-Za-z0-9+/_=-]{40,}`},
	{"heroku", []string{"hrku-"}, `\bHRKU-[A-Za-z0-9_-]{36,}`},
	{"databricks", []string{"dapi"}, `\bdapi[0-9a-f]{32}(?:-[0-9])?\b`},
	{"grafana", []string{"glc_", "glsa_"}, `\bgl(?:c|sa)_[A-Za-z0-9+/=_]{32,}`},
	{"newrelic", []string{"nrak-", "nrii-", "nrjs-"}, `\bNR(?:AK|II|JS|AL|RA)-[A-Za-z0-9_-]{19,}`},
	{"dynatrace", []string{"dt0"}, `\bdt0[a-z][0-9]{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}`},
	{"sentry", []string{"sntry"}, `\bsntry[su]_[A-Za-z0-9+/=_]{40,}`},
	{"linear", []string{"lin_api_"}, `\blin_api_[A-Za-z0-9]{32,}`},
	{"notion", []string{"ntn_", "secret_"}, `\b(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43})\b`},
	{"postman", []string{"pmak-"}, `\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}`},
	{"okta", []string{"ssws "}, `\bSSWS\s+(?P<v>[A-Za-z0-9_-]{30,})`},
	{"planetscale", []string{"pscale_"}, `\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{30,}`},
	{"supabase", []string{"sbp_", "sb_secret_"}, `\bsb(?:p|_secret)_[A-Za-z0-9_-]{20,}`},
	{"age", []string{"age-secret-key-"}, `\bAGE-SECRET-KEY-1[0-9A-Z]{50,}`},
	{"kubernetes", []string{"k8s-aws-v1."}, `\bk8s-aws-v1\.[A-Za-z0-9_-]{20,}`},
	{"firebase", []string{":apa91"}, `\b[A-Za-z0-9_-]{11,22}:APA91[A-Za-z0-9_-]{100,}`},
	{"facebook", []string{"eaac"}, `\bEAAC[A-Za-z0-9]{30,}`},
	{"google-captcha", []string{"6l"}, `\b6L[0-9A-Za-z_-]{38}\b`},
}

// hashes are the forms in which passwords are stored (crypt(5), RFC 2307, RFC 9106, the databases' own): they can be guessed.
var hashes = []shape{
	{"password-hash", []string{"$2"}, `\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{20,}`},
	{"password-hash", []string{"$1$", "$5$", "$6$", "$7$", "$y$", "$gy$", "$md5", "$sha1$", "$apr1$", "$8$", "$9$"}, `\$(?:1|5|6|7|8|9|y|gy|md5|sha1|apr1)[$,](?:[./A-Za-z0-9=,]+\$){0,3}[./A-Za-z0-9]{8,}`},
	{"password-hash", []string{"$argon2", "$scrypt$", "$pbkdf2", "$bcrypt"}, `\$(?:argon2[a-z]{1,2}|scrypt|pbkdf2[a-z0-9-]*|bcrypt[a-z0-9-]*)\$(?:[A-Za-z0-9=,.+/-]+\$)*[A-Za-z0-9=,.+/-]+`},
	{"password-hash", []string{"pbkdf2", "scrypt:", "argon2$", "bcrypt_sha256$", "bcrypt$"}, `\b(?:pbkdf2_[a-z0-9]+|pbkdf2:[a-z0-9]+(?::[0-9]+)?|scrypt:[0-9]+:[0-9]+:[0-9]+|argon2|bcrypt_sha256|bcrypt)\$[A-Za-z0-9=,.+/$-]{16,}`},
	{"password-hash", []string{"{ssha", "{sha", "{smd5", "{md5", "{crypt", "{pbkdf2", "{bcrypt", "{argon2", "{cleartext"}, `(?i)\{(?:SSHA|SHA|SMD5|MD5|CRYPT|PBKDF2|BCRYPT|ARGON2|CLEARTEXT)[A-Z0-9-]*\}[A-Za-z0-9+/=.$,-]{8,}`},
	{"password-hash", []string{"scram-sha-"}, `\bSCRAM-SHA-(?:1|256|512)\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+`},
	{"password-hash", []string{"md5"}, `\bmd5[0-9a-f]{32}\b`},
	{"password-hash", nil, `\*[0-9A-F]{40}\b`},
	{"password-hash", []string{"$p$", "$h$", "$s$"}, `\$[PHS]\$[./A-Za-z0-9]{20,}`}, // phpass
}

// shapes are the patterns that know a secret by its own form.
func shapes() []pattern {
	patterns := make([]pattern, 0, len(issued)+len(hashes)+1)
	for _, s := range hashes {
		patterns = append(patterns, pattern{rule: s.rule, words: s.words, re: regexp.MustCompile(s.form), spare: spareReference, anywhere: true})
	}
	for _, s := range issued {
		patterns = append(patterns, pattern{rule: s.rule, words: s.words, re: regexp.MustCompile(s.form), spare: spareShape, anywhere: true})
	}
	return append(patterns, pattern{
		rule: "private-key", words: []string{"ls0tls1crudjti"}, spare: publicBlock, anywhere: true, // A PEM block in base64.
		re: regexp.MustCompile(`LS0tLS1CRUdJTi[A-Za-z0-9+/]+={0,2}`),
	})
}

// spareShape spares what has a token's beginning and goes on in words: "sk-something-in-lower-case".
func spareShape(m match) bool { return !digitsAndLetters(m.value()) }

// publicBlock spares blocks that are no private key: certificates are shown to everyone who connects.
func publicBlock(m match) bool {
	head := m.value()[:min(len(m.value()), 64)/4*4]
	decoded, err := base64.StdEncoding.DecodeString(head)
	return err != nil || !strings.Contains(string(decoded), "PRIVATE")
}
