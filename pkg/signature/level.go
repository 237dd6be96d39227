package signature

import (
	"strings"
)

// level is how bad a line says that it is.
type level int

const (
	unknown level = iota
	debug
	info
	warning
	failure
	fatal
)

// levels are the words and numbers that loggers use: of log4j, logback, Python, zap, zerolog, slog, logrus, syslog, winston,
// .NET, nginx; bunyan and pino write numbers.
var levels = map[string]level{
	"trace": debug, "trac": debug, "trc": debug, "trce": debug, "debug": debug, "debu": debug, "dbg": debug, "dbug": debug, "fine": debug, "verbose": debug, "10": debug, "20": debug,
	"info": info, "inf": info, "information": info, "informational": info, "notice": info, "note": info, "log": info, "30": info,
	"warn": warning, "warning": warning, "wrn": warning, "40": warning,
	"error": failure, "err": failure, "erro": failure, "eror": failure, "fail": failure, "failure": failure, "dpanic": failure, "50": failure,
	"fatal": fatal, "fata": fatal, "pani": fatal, "ftl": fatal, "crit": fatal, "critical": fatal, "panic": fatal, "pnc": fatal, "emerg": fatal, "emergency": fatal,
	"alert": fatal, "severe": fatal, "60": fatal,
}

func levelOf(word string) level { return levels[strings.ToLower(strings.Trim(word, "[]<>():! "))] }

var (
	// shouted is a level in capitals near the start of a line, between separators: 2024-01-02 10:00:00 ERROR [main] ...
	shouted = lazily(`(?:^|[\s\[(<|:,-])(TRACE|TRAC|DEBUG|DEBU|DBG|INFO|INF|NOTICE|WARN|WARNING|WRN|ERROR|ERRO|ERR|FAIL|SEVERE|FATAL|FATA|FTL|CRITICAL|CRIT|PANIC|PANI|EMERG|ALERT)(?:[\s\])>|:,!\[-]|$)`)
	// spoken is one in small letters in brackets, or as the first word before a colon: [error], fatal: ...
	spoken = lazily(`(?i)(?:^|[\s\]])[\[<](trace|debug|info|notice|warn|warning|error|err|fatal|crit|critical|emerg|alert|panic)[\]>]|^\s*(?:\S+:\s+)?(debug|info|notice|warn|warning|err|error|fatal|fatal error|critical|panic)(?::|!|\s*\[)`)
)

// startOfLine is how far into a line its level may stand.
const startOfLine = 120

func guessLevel(text string) level {
	start := text[:min(len(text), startOfLine)]
	if found := shouted().FindStringSubmatch(start); found != nil {
		return levelOf(found[1])
	}
	if found := spoken().FindStringSubmatch(start); found != nil {
		word := strings.ToLower(found[1] + found[2])
		return levelOf(strings.TrimSuffix(word, " error"))
	}
	return unknown
}

// prefix is what stands before the words of a line: its time, its level, its process and its logger.
var prefix = lazily(`^(?:\s*(?:` +
	`\[?\d{4}[-/]\d\d[-/]\d\d[T ]?\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]?:?|` +
	`\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?|` +
	`\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERRO|ERR|SEVERE|FATAL|FATA|CRITICAL|CRIT|EMERG)\]?(?:\[\d+\])?:?|` +
	`\[(?:error|fatal|warn|emerg|crit|alert)\]|(?:error|fatal|err|Error|Fatal):|` +
	`\d+(?:#\d+)?:?|---|-|\[[^\[\]]{1,60}\])(?:\s+|$))+`)

// words returns a line without its prefix.
func words(text string) string {
	rest := strings.TrimSpace(text[len(prefix().FindString(text)):])
	if rest == "" {
		return strings.TrimSpace(text)
	}
	return rest
}
