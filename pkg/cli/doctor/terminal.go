package doctor

import (
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// terminal looks at what the output can show, and at the language.
func (o *Options) terminal() []report.Check {
	check := func(name string, state report.CheckState, says string, args message.Args) report.Check {
		return report.Check{Area: "terminal", Name: name, State: state, Says: says, Args: args}
	}
	checks := []report.Check{check("language", report.CheckOK, "doctor.language", message.Args{
		"Language": string(o.Messages.Language()), "From": o.languageFrom(),
	})}
	if o.Terminal.Piped {
		return append(checks, check("output", report.CheckNote, "doctor.piped", message.Args{"Width": o.Terminal.Width}))
	}
	checks = append(checks, check("output", report.CheckOK, "doctor.screen", message.Args{"Width": o.Terminal.Width}))
	color := check("color", report.CheckOK, "doctor.color", nil)
	switch {
	case o.Terminal.Color:
	case o.Getenv("NO_COLOR") != "":
		color = check("color", report.CheckNote, "doctor.no-color", message.Args{"Cause": "NO_COLOR"})
	default:
		color = check("color", report.CheckNote, "doctor.no-color", message.Args{"Cause": "TERM=" + o.Getenv("TERM")})
	}
	checks = append(checks, color)
	if locale, utf8 := o.locale(); utf8 {
		checks = append(checks, check("utf8", report.CheckOK, "doctor.utf8", message.Args{"Locale": locale}))
	} else {
		checks = append(checks, check("utf8", report.CheckWarning, "doctor.no-utf8", message.Args{"Locale": locale}))
	}
	return append(checks, check("clipboard", report.CheckNote, "doctor.clipboard-"+o.clipboard(), nil))
}

// languageFrom is what chose the language: a flag, a variable with its value, or nothing.
func (o *Options) languageFrom() string {
	if o.Language != "" {
		return "--lang " + o.Language
	}
	if o.Output != "" {
		return ""
	}
	if name, value := message.Chooser(o.Getenv); name != "" {
		return name + "=" + value
	}
	return ""
}

// locale is the variable that decides how characters are encoded, in POSIX' order, and whether it says UTF-8.
func (o *Options) locale() (setting string, utf8 bool) {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := o.Getenv(name); value != "" {
			encoding := strings.ReplaceAll(strings.ToUpper(value), "-", "")
			return name + "=" + value, strings.Contains(encoding, "UTF8")
		}
	}
	return "LANG=", false
}

// copying are terminals that are known to take OSC 52, with which a program puts text on the clipboard, by what they set
// TERM or TERM_PROGRAM to.
var copying = []string{"alacritty", "contour", "foot", "ghostty", "xterm-ghostty", "kitty", "xterm-kitty", "WezTerm", "wezterm", "rio"}

// clipboard guesses whether the terminal takes OSC 52: it cannot be asked without disturbing it.
func (o *Options) clipboard() string {
	switch {
	case o.Getenv("TMUX") != "":
		return "tmux"
	case slices.Contains(copying, o.Getenv("TERM")), slices.Contains(copying, o.Getenv("TERM_PROGRAM")), o.Getenv("WT_SESSION") != "":
		return "likely"
	}
	return "unknown"
}
