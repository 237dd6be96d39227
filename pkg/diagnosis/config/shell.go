package config

import (
	"regexp"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Exit codes of a shell whose command could not be found, or be found and not executed (POSIX, Shell Command Language,
// 2.8.2 Exit Status for Commands).
const (
	exitNotExecutable = 126
	exitNotFound      = 127
)

// shellLines are what shells, wrappers and loaders write when a command can't be started, whole lines of them: an
// application that tells of a missing file writes other ones. The first group that matched is the command.
var shellLines = []struct {
	id, form string
	line     *regexp.Regexp
}{
	// The loaders of glibc and musl.
	{commandNotFound, "library", regexp.MustCompile(`error while loading shared libraries: ([^:]+): cannot open shared object file|^Error loading shared library ([^:]+): `)},
	// bash and dash, of a script's first line; env, as the interpreter of one.
	{commandNotFound, "interpreter", regexp.MustCompile(`: (\S+): bad interpreter: No such file or directory$|: (\S+): cannot execute: required file not found$`)},
	{commandNotFound, "", regexp.MustCompile(`^(?:/usr/bin/|/bin/)?env: (?:can't execute )?['‘"]?([^'’":]+)['’"]?: No such file or directory$`)},
	// dash, busybox, bash, zsh; tini.
	{commandNotFound, "", regexp.MustCompile(`^\S+: (?:exec: )?(?:line )?(?:\d+: )?(?:exec: )?(\S+): (?:command )?not found$|^zsh:\d+: command not found: (\S+)$`)},
	{commandNotFound, "", regexp.MustCompile(`^\S+: (?:exec: )?(?:line \d+: )?(?:exec: )?(/\S+): No such file or directory$|^\[FATAL tini \(\d+\)\] exec (\S+) failed: No such file or directory$`)},
	{commandNotExecutable, "directory", regexp.MustCompile(`^\S+: (?:exec: )?(?:line )?(?:\d+: )?(?:exec: )?(\S+): Is a directory$`)},
	{commandNotExecutable, "", regexp.MustCompile(`^\S+: (?:exec: )?(?:line )?(?:\d+: )?(?:exec: )?(\S+): Permission denied$|^\[FATAL tini \(\d+\)\] exec (\S+) failed: Permission denied$`)},
}

// otherFormat is in the log when the program was found and is not one for this machine, which is another cause.
var otherFormat = regexp.MustCompile(`(?i)exec format error`)

// runcLines are runc's own words in the log, when the kernel refused the program after the container was set up: the
// interpreter that a script's first line names is missing or may not be executed (runc libcontainer/system, Exec;
// older ones libcontainer/standard_init_linux.go). It then exits with 1 or 255, as applications do.
var runcLines = []struct {
	id, form string
	line     *regexp.Regexp
}{
	{commandNotFound, "interpreter", regexp.MustCompile(`^exec (/\S+|\./\S+): no such file or directory$|^standard_init_linux\.go:\d+: exec user process caused:? "?no such file or directory"?$`)},
	{commandNotExecutable, "", regexp.MustCompile(`^exec (/\S+|\./\S+): permission denied$|^standard_init_linux\.go:\d+: exec user process caused:? "?permission denied"?$`)},
}

// fromShells finds containers whose shell or wrapper could not start their program.
func fromShells(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, container := range c.Containers {
		died := container.LastDeath()
		if died == nil || container.Running() != nil {
			continue
		}
		if text, _ := refusedWith(container); text != "" {
			continue
		}
		switch died.ExitCode {
		case exitNotFound, exitNotExecutable:
			findings = append(findings, fromShell(c, container, int(died.ExitCode))...)
		case 1, 255:
			findings = append(findings, fromRunc(c, container)...)
		}
	}
	return findings
}

// fromShell reads the log of a container that ended with a shell's exit code. The code alone makes it likely; a log that
// can be read and tells of no such command says that the code is the application's own.
func fromShell(c *diagnosis.Case, container podstate.Container, code int) []diagnosis.Finding {
	answer := c.DeathLog(container.Name())
	cause := fault{id: commandNotFound, form: "exit"}
	if code == exitNotExecutable {
		cause.id = commandNotExecutable
	}
	byCode := func() []diagnosis.Finding {
		return []diagnosis.Finding{tellCommand(c, container, cause, diagnosis.Likely, diagnosis.DeathOf(container))}
	}
	if answer.State != casefile.Known || len(answer.Value.Lines) == 0 {
		return byCode()
	}
	lines := answer.Value.Lines
	for i := len(lines) - 1; i >= 0; i-- {
		if otherFormat.MatchString(lines[i].Text) {
			return nil
		}
		for _, row := range shellLines {
			if match := row.line.FindStringSubmatch(lines[i].Text); match != nil {
				cause := fault{row.id, shellForm(row.form), firstOf(match[1:])}
				line := diagnosis.LineOf(answer.Value, i, lines[i].Text)
				return []diagnosis.Finding{tellCommand(c, container, cause, diagnosis.Certain, line, diagnosis.DeathOf(container))}
			}
		}
	}
	if answer.Value.Broken != "" {
		return byCode() // What the shell says comes last.
	}
	return nil
}

// shellForm is the wording for what a shell could not start: that shell itself did start.
func shellForm(form string) string {
	if form == "" {
		return "shell"
	}
	return form
}

// fromRunc looks for runc's words in the log of a container that ended with its exit code. They are all that such a
// container writes.
func fromRunc(c *diagnosis.Case, container podstate.Container) []diagnosis.Finding {
	answer := c.DeathLog(container.Name())
	if answer.State != casefile.Known || len(answer.Value.Lines) != 1 {
		return nil
	}
	text := answer.Value.Lines[0].Text
	for _, row := range runcLines {
		if match := row.line.FindStringSubmatch(text); match != nil {
			cause := fault{row.id, row.form, firstOf(match[1:])}
			line := diagnosis.LineOf(answer.Value, 0, text)
			return []diagnosis.Finding{tellCommand(c, container, cause, diagnosis.Certain, line, diagnosis.DeathOf(container))}
		}
	}
	return nil
}
