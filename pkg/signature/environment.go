package signature

import (
	"strings"
)

// What is said of a variable that is not there, and how one is named.
const (
	isMissing = `(?i:(?:(?:is|was|are|has)\s+)?(?:not\s+(?:been\s+)?(?:set|defined|found|provided|present|specified|configured)|missing|required|unset|undefined|empty|mandatory)\b|` +
		`(?:must|has to|have to|needs to|should)\s+(?:not\s+)?be\s+(?:set|defined|provided|specified|present|configured|non-empty|empty)|(?:isn't|wasn't)\s+(?:set|defined)|does(?: not|n't) exist|cannot be empty)`
	variable = `(?i:env(?:ironment)?(?:[ _-]?var(?:iable)?(?:\(s\)|s)?)?)`
	named    = `[^\w\s]{0,3}(?P<Name>[A-Z][A-Z0-9_]+)\b[^\w\s]{0,3}`
)

const missingEnv = "log-missing-env"

// environment are the ways to say that an environment variable is not set: in words, and as the libraries do that read them
// (Go: envconfig, caarlos0/env, cleanenv; Python: os.environ, pydantic, decouple, environs, Django; Node: envalid, env-var,
// Prisma, Joi, zod; Spring, MicroProfile; Rust: std::env; Ruby: ENV.fetch; Symfony; shells).
var environment = []signature{
	sign(missingEnv, "could not resolve placeholder", `Could not resolve placeholder '(?P<Property>[^':]+)`).when(property),
	sign(missingEnv, "failed to configure a datasource", `Failed to configure a DataSource: 'url' attribute is not specified`).when(dataSource),
	sign(missingEnv, "config property", `(?:The )?config property (?P<Property>[\w.\-]+) is required but it could not be found`).when(property),
	sign(missingEnv, "env", variable+`[:\s]+`+named+`\s*:?\s+`+isMissing),
	sign(missingEnv, "env", `(?i:missing|required|undefined|unset|no|need|expected|lacks?|without|(?:could not|unable to|failed to|cannot) (?:find|read|load|get))(?i:\s+(?:the|an?|value for|required|mandatory|necessary|following|some|one or more))*\s+`+
		variable+`(?i:\s+(?:named|called|for))?\s*[:=]?\s*(?:[-*{\[]\s*)?`+named),
	sign(missingEnv, "env", named+`\s+`+variable+`\s+`+isMissing),
	// Advice to set one tells what would help, and not always what is wrong.
	sign(missingEnv, "improperlyconfigured", `^(?:\w+\.)*ImproperlyConfigured: Set (?:the )?`+named+`\s+`+variable),
	sign(missingEnv, "set ", `(?i:\bset (?:the )?)`+named+`\s+`+variable).advice(),
	sign(missingEnv, "set ", `(?i:\bset\s+(?:the\s+)?)`+variable+`\s+`+named).advice(),
	sign(missingEnv, "env", `(?i:(?:environment variable not (?:found|set|defined)|(?:invalid|missing) environment variables?)):?\s*\{?\s*`+named),
	sign(missingEnv, "required key", `required key (?P<Name>[A-Z][A-Z0-9_]*) missing value`),
	sign(missingEnv, "missing required value", `(?:(?P<Name>[A-Z][A-Z0-9_]*): )?missing required value`),
	sign(missingEnv, "was not set", `"(?P<Name>[A-Z][A-Z0-9_]*)" is a required variable, but it was not set`),
	sign(missingEnv, "config validation error", `Config validation error: "(?P<Name>[A-Z][A-Z0-9_]*)" is required`),
	sign(missingEnv, "process.env", `process\.env\.(?P<Name>\w+)[^\w\s]{0,3}\s+`+isMissing),
	sign(missingEnv, "declare it as envvar", `(?P<Name>\w+) not found\. Declare it as envvar`),
	sign(missingEnv, "unbound variable|parameter ", `\b(?P<Name>[A-Z][A-Z0-9_]+): (?:unbound variable|parameter (?:null or )?not set)`),
	sign(missingEnv, "not set", `^\S*sh: (?:\d+: |line \d+: )?(?P<Name>[A-Za-z_]\w*): (?:is )?not set$`),
	sign(missingEnv, "notpresent", `\b(?P<Name>[A-Z][A-Z0-9_]+)\b[^\n]{0,60}: NotPresent`),
	sign(missingEnv, "notpresent|environment variable not found", `NotPresent|environment variable not found`).said(),
	sign(missingEnv, "key not found", `key not found: "(?P<Name>[A-Z][A-Z0-9]*_?[A-Z0-9_]*)"`).when(fetched),
	sign(missingEnv, "keyerror", `^KeyError: '(?P<Name>[^']+)'`).when(environ),
	sign(missingEnv, "validation error", `^(?:\w+\.)*ValidationError: \d+ validation errors? for \w*(?:Settings|Config|Env)\w*\n(?P<Name>\w+)\n\s+(?:Field|field) required`).when(upper),
	sign(missingEnv, "must specify|need to specify", `(?i:you (?:must|need to) specify)(?i: one of the following as an environment variable:)?\s+(?:- )?(?P<Name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)`),
	sign(missingEnv, "set|required|missing|defined|provided|empty", `\b(?P<Name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)\b[^\w\s]{0,2}\s+`+isMissing).said(),
	sign(missingEnv, "missing", `(?i:^(?:\w*Error: )?missing (?:required )?(?:config(?:uration)?|setting|value)s?:?\s+)`+`[^\w\s]{0,2}(?P<Name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)`),
}

// environ: the KeyError came from os.environ and not from a dictionary of the app's own.
func environ(l link, _ map[string]string) bool {
	return strings.Contains(l.frames, "environ") || strings.Contains(l.frames, "<frozen os>") || osModule().MatchString(l.frames)
}

var osModule = lazily(`/os\.py", line \d+, in __getitem__`)

// fetched: the KeyError came from fetch, as ENV.fetch raises it.
func fetched(l link, _ map[string]string) bool { return strings.Contains(l.frames, "fetch") }

func upper(_ link, args map[string]string) bool {
	args["Name"] = strings.ToUpper(args["Name"])
	return true
}

// dataSource: Spring Boot's page does not name the property whose absence it tells of.
func dataSource(l link, args map[string]string) bool {
	args["Property"] = "spring.datasource.url"
	return property(l, args)
}

// property fills in the variable that sets a property: in capitals, with underscores for what is neither letter nor digit
// (MicroProfile Config's rule for environment variables; Spring's relaxed binding drops dashes).
func property(_ link, args map[string]string) bool {
	name := strings.NewReplacer("-", "", ".", "_", "[", "_", "]", "").Replace(args["Property"])
	if name == args["Property"] && strings.ToUpper(name) == name {
		delete(args, "Property")
	}
	args["Name"] = strings.ToUpper(name)
	return true
}
