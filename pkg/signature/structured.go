package signature

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// record is what a structured line says.
type record struct {
	level   level
	message string
	// trace is the stack trace that a field carries.
	trace string
	place string
}

// The keys under which loggers write, the usual ones first.
var (
	levelKeys   = []string{"level", "severity", "lvl", "levelname", "log.level", "@l", "loglevel", "LogLevel", "Level"}
	messageKeys = []string{"msg", "message", "@m", "event", "short_message", "Message", "MESSAGE", "text", "log"}
	errorKeys   = []string{"error", "err", "exception", "exc_info", "error.message", "exc", "cause", "reason", "@x", "Exception", "thrown"}
	traceKeys   = []string{"stack", "stack_trace", "stacktrace", "stackTrace", "error.stack_trace", "exc_info", "exception", "traceback", "errorVerbose", "@x", "Exception"}
)

// structured reads a line of JSON, logfmt or klog.
func structured(text string) (record, bool) {
	trimmed := strings.TrimSpace(text)
	if strings.HasPrefix(trimmed, "{") && strings.HasSuffix(trimmed, "}") {
		return jsonRecord(trimmed)
	}
	if found := klogHead().FindStringSubmatch(trimmed); found != nil {
		return klogRecord(found), true
	}
	return logfmtRecord(trimmed)
}

func jsonRecord(text string) (record, bool) {
	fields := map[string]any{}
	if json.Unmarshal([]byte(text), &fields) != nil {
		return record{}, false
	}
	r := record{level: levelOf(first(fields, levelKeys)), message: first(fields, messageKeys)}
	if cause := first(fields, errorKeys); cause != "" && !strings.Contains(r.message, cause) {
		r.message = joined(r.message, strings.TrimSpace(cause))
	}
	for _, key := range traceKeys {
		if value := textOf(fields[key], traceKeys); strings.Contains(value, "\n") {
			r.trace = value
			break
		}
	}
	return r, r.message != ""
}

// first returns the value of the first key that has one.
func first(fields map[string]any, keys []string) string {
	for _, key := range keys {
		if value := textOf(fields[key], append(messageKeys, traceKeys...)); value != "" {
			return value
		}
	}
	return ""
}

// textOf turns a value into text; of an object, the field that says most.
func textOf(value any, keys []string) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case map[string]any:
		for _, key := range keys {
			if text, ok := value[key].(string); ok && text != "" {
				return text
			}
		}
		if len(value) > 0 {
			return fmt.Sprint(value)
		}
	}
	return ""
}

func joined(message, cause string) string {
	if message == "" {
		return cause
	}
	if cause == "" {
		return message
	}
	return strings.TrimRight(message, ": ") + ": " + cause
}

// klogHead is the header of klog and glog: Lmmdd hh:mm:ss.uuuuuu threadid file:line] msg (klog, formatHeader).
var klogHead = lazily(`^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ ([^\s\]]+:\d+)\] (.*)`)

func klogRecord(found []string) record {
	r := record{place: found[2], message: found[3], level: map[string]level{"I": info, "W": warning, "E": failure, "F": fatal}[found[1]]}
	quoted, err := strconv.QuotedPrefix(r.message)
	if err != nil {
		return r
	}
	pairs := pairsOf(r.message[len(quoted):])
	r.message = joined(unquoted(quoted), pairs["err"])
	return r
}

// pair is one key and value of logfmt; a quoted value has its escapes.
var pair = lazily(`(?:^|\s)([A-Za-z_][\w.@-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)`)

func pairsOf(text string) map[string]string {
	pairs := map[string]string{}
	for _, found := range pair().FindAllStringSubmatch(text, -1) {
		if _, twice := pairs[found[1]]; !twice {
			pairs[found[1]] = unquoted(found[2])
		}
	}
	return pairs
}

func unquoted(text string) string {
	if plain, err := strconv.Unquote(text); err == nil {
		return plain
	}
	return strings.Trim(text, `"`)
}

// logfmtRecord reads level=error msg="..." err="...". A line that merely holds an equals sign is none.
func logfmtRecord(text string) (record, bool) {
	if !strings.Contains(text, "level=") && !strings.Contains(text, "lvl=") && !strings.Contains(text, "severity=") {
		return record{}, false
	}
	pairs := pairsOf(text)
	firstOf := func(keys ...string) string {
		for _, key := range keys {
			if pairs[key] != "" {
				return pairs[key]
			}
		}
		return ""
	}
	r := record{level: levelOf(firstOf("level", "lvl", "severity")), message: joined(firstOf("msg", "message"), firstOf("err", "error")), place: firstOf("caller")}
	if at := pair().FindStringIndex(text); at != nil && guessLevel(text[:at[0]]) != unknown {
		r.level = guessLevel(text[:at[0]]) // The pairs are a quotation in a line of another kind.
	}
	return r, r.level != unknown && r.message != ""
}
