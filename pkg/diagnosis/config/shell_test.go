package config

import "testing"

func TestShellLines(t *testing.T) {
	tests := map[string]struct{ id, subject string }{
		"sh: exec: line 1: run-shop: not found":                                    {commandNotFound, "run-shop"},
		"sh: exec: line 1: /etc/start: Permission denied":                          {commandNotExecutable, "/etc/start"},
		"sh: run-shop: not found":                                                  {commandNotFound, "run-shop"},
		"sh: 1: run-shop: not found":                                               {commandNotFound, "run-shop"},
		"/bin/sh: 1: exec: run-shop: not found":                                    {commandNotFound, "run-shop"},
		"/start.sh: line 3: run-shop: not found":                                   {commandNotFound, "run-shop"},
		"bash: line 1: run-shop: command not found":                                {commandNotFound, "run-shop"},
		"/docker-entrypoint.sh: line 12: exec: run-shop: not found":                {commandNotFound, "run-shop"},
		"bash: /app/run: No such file or directory":                                {commandNotFound, "/app/run"},
		"env: ‘python’: No such file or directory":                                 {commandNotFound, "python"},
		"env: can't execute 'python': No such file or directory":                   {commandNotFound, "python"},
		"zsh:1: command not found: run-shop":                                       {commandNotFound, "run-shop"},
		"[FATAL tini (7)] exec run-shop failed: No such file or directory":         {commandNotFound, "run-shop"},
		"bash: ./run: /usr/bin/python: bad interpreter: No such file or directory": {commandNotFound, "/usr/bin/python"},
		"bash: line 1: ./run: cannot execute: required file not found":             {commandNotFound, "./run"},
		"/app/run: error while loading shared libraries: libpq.so.5: cannot open shared object file: No such file or directory": {commandNotFound, "libpq.so.5"},
		"Error loading shared library libpq.so.5: No such file or directory (needed by /app/run)":                               {commandNotFound, "libpq.so.5"},
		"sh: /etc/passwd: Permission denied":             {commandNotExecutable, "/etc/passwd"},
		"/bin/bash: line 1: /app/run: Permission denied": {commandNotExecutable, "/app/run"},
		"bash: line 1: /app: Is a directory":             {commandNotExecutable, "/app"},
	}
	for text, want := range tests {
		id, subject := readShell(text)
		if id != want.id || subject != want.subject {
			t.Errorf("%q: got %s %q, want %s %q", text, id, subject, want.id, want.subject)
		}
	}
}

func TestShellLinesLeaveApplicationsAlone(t *testing.T) {
	for _, text := range []string{
		"ERROR order 4711: customer not found",
		"cat: can't open '/data/rates.csv': No such file or directory",
		"FileNotFoundError: [Errno 2] No such file or directory: '/data/rates.csv'",
		"open /etc/app/config.yaml: no such file or directory",
		"2026-11-22 17:46:15 ERROR user: 17: bob: not found in cache",
		"PermissionError: [Errno 13] Permission denied: '/data'",
	} {
		if id, subject := readShell(text); id != "" {
			t.Errorf("%q is taken for %s %q", text, id, subject)
		}
	}
}

func readShell(text string) (id, subject string) {
	for _, row := range shellLines {
		if match := row.line.FindStringSubmatch(text); match != nil {
			return row.id, firstOf(match[1:])
		}
	}
	return "", ""
}
