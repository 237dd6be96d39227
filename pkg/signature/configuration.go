package signature

import "strings"

const unparsable = "log-config-parse"

// configFile is a file that holds a configuration, by its ending.
const configFile = `(?P<File>[\w./\-]*\.(?:ya?ml|json|toml|conf|cfg|ini|xml|properties|hcl|cnf|env)|[\w./\-]*(?:Corefile|Caddyfile))`

// configurations: a file or a flag that the app does not understand. A parser's error counts when it names a file, says
// config, or is of a language in which only configurations are written.
var configurations = []signature{
	sign(unparsable, "[emerg]|[alert]|syntax error|unknown directive|directive", `(?P<Problem>[^\n]+?) in (?P<File>/[^\s:]+):(?P<Line>\d+)(?:$|\n)`).when(directive),
	sign(unparsable, "syntax error on line", `Syntax error on line (?P<Line>\d+) of (?P<File>[^\s:]+):?\s*(?P<Problem>[^\n]*)`),
	sign(unparsable, "parsing [", `parsing \[(?P<File>[^\]:]+):(?P<Line>\d+)\] ?:? (?P<Problem>[^\n]+)`),
	sign(unparsable, "error during parsing", `(?P<File>[^\s:]+):(?P<Line>\d+) - Error during parsing: (?P<Problem>[^\n]+)`),
	sign(unparsable, "adapting config", `(?P<File>[^\s:]*):(?P<Line>\d+): (?P<Problem>unrecognized directive[^\n]*)`),
	sign(unparsable, "fatal config file error", `(?s)FATAL CONFIG FILE ERROR.*?at line (?P<Line>\d+)\n(?P<Problem>.+)`),
	sign(unparsable, "in file ", `(?P<Problem>[^\n]*?) in file "(?P<File>[^"]+)"(?:,)? line (?P<Line>\d+)`),
	sign(unparsable, "in \"", `(?s)(?:^|: )(?P<Problem>(?:could not|while |mapping |expected |found )[^\n]*).*in "(?P<File>[^"<]+)", line (?P<Line>\d+), column \d+`),
	sign(unparsable, ": line|yaml|toml|json|pars|decod|unmarshal", configFile+`[^\n]{0,60}?: (?P<Problem>[^\n]*?(?:yaml|toml|json|parse|parsing|decod|unmarshal|invalid character|unexpected|cannot|did not find)[^\n]*?line (?P<Line>\d+)[^\n]*)`),
	sign(unparsable, "pars|decod|unmarshal|invalid|yaml|toml|unexpected", `(?i:(?:pars(?:e|ing)|decod(?:e|ing)|unmarshal(?:l?ing)?|load(?:ing)?|read(?:ing)?|invalid|validat(?:e|ing))[^\n:]{0,50}?[\s"'=(])`+configFile+`["')]?[^\n]{0,20}?: (?P<Problem>[^\n]*(?:yaml|toml|json|pars|unmarshal|invalid|unexpected|unknown|did not find|expected|mapping)[^\n]*)`),
	sign(unparsable, "json", configFile+`["']?: (?P<Problem>[^\n]*(?:JSON|json)[^\n]*)`),
	sign(unparsable, "yaml: ", `(?P<Problem>yaml: (?:line (?P<Line>\d+): |unmarshal errors:)[^\n]*)`),
	sign(unparsable, "scannererror|parsererror|scannerexception|parserexception|snakeyaml|constructorerror", `(?s)(?:Scanner|Parser|Constructor|Composer)(?:Error|Exception): ?(?P<Problem>[^\n]*)(?:.*?line (?P<Line>\d+))?`).when(yamlParser),
	sign(unparsable, "toml", `(?i)(?P<Problem>TOML parse error at line (?P<Line>\d+)[^\n]*|toml: (?:line (?P<Second>\d+))?[^\n]+|TOMLDecodeError: [^\n]+)`).when(second),
	sign(unparsable, "config", `(?i:(?:pars(?:e|ing)|decod(?:e|ing)|unmarshal(?:l?ing)?|invalid|load(?:ing)?|bad|malformed)[^\n:]{0,30}config(?:uration)?[^\n:]{0,40}): (?P<Problem>[^\n]*(?:invalid character|cannot unmarshal|unexpected|did not find|unknown field|expected|parse error|syntax error|JSON|mapping)[^\n]*)`),
	sign(unparsable, "configparser|missingsectionheader", `configparser\.\w+Error: (?P<Problem>[^\n]+)`),
	sign(unparsable, "unknown variable", `(?P<Problem>unknown variable '[^']+')`),
	sign(unparsable, "flag|unrecognized argument|unknown option|unrecognized option|unknown argument|invalid option|unexpected argument", `(?:unknown (?:shorthand )?flag: (?:'\w' in )?|flag provided but not defined: |unrecognized arguments?: |(?i:unknown|unrecognized|invalid) option:? ['"-]?|[Uu]nexpected argument ['"]?|[Uu]nknown argument:? ['"]?)(?P<Flag>-{0,2}[\w.\-=]+)`).as("flag"),
}

// directive: the words come from a web server or a balancer that reads its configuration.
func directive(l link, args map[string]string) bool {
	if strings.Contains(args["File"], ".php") || strings.Contains(args["File"], ".py") || strings.Contains(args["File"], ".js") || strings.Contains(args["File"], ".rb") {
		return false
	}
	_, problem, cut := strings.Cut(args["Problem"], "[emerg] ")
	if cut {
		args["Problem"] = words(problem)
	}
	return cut || strings.Contains(l.message, "directive") || strings.Contains(l.message, "unexpected") || strings.Contains(l.message, "unknown")
}

func yamlParser(l link, _ map[string]string) bool {
	return strings.Contains(strings.ToLower(l.text()), "yaml")
}

func second(_ link, args map[string]string) bool {
	if args["Line"] == "" && args["Second"] != "" {
		args["Line"] = args["Second"]
	}
	delete(args, "Second")
	return true
}
