package doctor

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// The programs: the plugin, and what kubectl asks to complete its arguments (kubectl
// pkg/cmd/plugin/plugin_completion.go).
const (
	plugin    = "kubectl-podkit"
	completer = "kubectl_complete-podkit"
)

// installation looks at which podkit kubectl runs, and whether shells complete it.
func (o *Options) installation() []report.Check {
	add := func(name string, state report.CheckState, says string, args message.Args) report.Check {
		return report.Check{Area: "installation", Name: name, State: state, Says: says, Args: args}
	}
	checks := []report.Check{add("podkit", report.CheckOK, "doctor.podkit", message.Args{"Version": o.Build.Version, "Path": o.Self})}
	checks = append(checks, o.plugins(add)...)
	if found := o.onPath(completer); len(found) > 0 {
		checks = append(checks, add("completer", report.CheckOK, "doctor.completer", message.Args{"Path": found[0]}))
	} else {
		checks = append(checks, add("completer", report.CheckNote, "doctor.no-completer", message.Args{"Folder": o.folder()}))
	}
	return append(checks, o.shell(add))
}

type maker func(name string, state report.CheckState, says string, args message.Args) report.Check

// plugins compares the running program with those that kubectl finds: it takes the first on PATH.
func (o *Options) plugins(add maker) []report.Check {
	found := o.onPath(plugin)
	if len(found) == 0 {
		return []report.Check{add("plugin", report.CheckWarning, "doctor.not-on-path", message.Args{"Path": o.Self})}
	}
	var checks []report.Check
	self := resolved(o.Self)
	if o.Self != "" && resolved(found[0]) != self {
		checks = append(checks, add("plugin", report.CheckWarning, "doctor.shadowed", message.Args{"Path": found[0], "Self": o.Self}))
	} else {
		checks = append(checks, add("plugin", report.CheckOK, "doctor.plugin", message.Args{"Path": found[0]}))
	}
	others := slices.DeleteFunc(slices.Clone(found[1:]), func(path string) bool {
		return resolved(path) == resolved(found[0]) || resolved(path) == self
	})
	if len(others) > 0 {
		checks = append(checks, add("others", report.CheckWarning, "doctor.others", message.Args{"Paths": strings.Join(others, ", "), "First": found[0]}))
	}
	return checks
}

// onPath returns the programs of a name on PATH, in its order, each file once.
func (o *Options) onPath(name string) []string {
	var found []string
	for _, folder := range filepath.SplitList(o.Getenv("PATH")) {
		for _, suffix := range []string{"", ".exe"} {
			path := filepath.Join(folder, name+suffix)
			info, err := os.Stat(path)
			runs := err == nil && info.Mode().IsRegular() && (suffix != "" || info.Mode()&0o111 != 0)
			if runs && !slices.Contains(found, path) {
				found = append(found, path)
			}
		}
	}
	return found
}

// resolved is a path without links; a path that cannot be followed is itself.
func resolved(path string) string {
	if followed, err := filepath.EvalSymlinks(path); err == nil {
		return followed
	}
	return path
}

// folder is where a link to podkit would be found: beside the plugin that kubectl runs.
func (o *Options) folder() string {
	if found := o.onPath(plugin); len(found) > 0 {
		return filepath.Dir(found[0])
	}
	return "/usr/local/bin"
}

// shell looks for kubectl's own completion in the user's shell, without which no plugin is completed.
func (o *Options) shell(add maker) report.Check {
	shell := filepath.Base(o.Getenv("SHELL"))
	for _, place := range o.completions(shell) {
		data, err := os.ReadFile(place.path)
		if err == nil && strings.Contains(string(data), place.holds) {
			return add("shell", report.CheckOK, "doctor.shell", message.Args{"Shell": shell, "Path": place.path})
		}
	}
	if !slices.Contains([]string{"bash", "zsh", "fish"}, shell) {
		return add("shell", report.CheckNote, "doctor.shell-unknown", message.Args{"Shell": shell})
	}
	return add("shell", report.CheckNote, "doctor.no-shell", message.Args{"Shell": shell})
}

// place is a file in which a shell finds kubectl's completion when it holds some text.
type place struct{ path, holds string }

// completions are the usual places of kubectl's completion: what `kubectl completion SHELL --help` recommends, and where
// packages put it.
func (o *Options) completions(shell string) []place {
	home := o.Getenv("HOME")
	switch shell {
	case "bash":
		return []place{
			{filepath.Join(home, ".bashrc"), "kubectl completion bash"},
			{filepath.Join(home, ".bash_profile"), "kubectl completion bash"},
			{filepath.Join(home, ".local/share/bash-completion/completions/kubectl"), "kubectl"},
			{"/etc/bash_completion.d/kubectl", "kubectl"},
			{"/usr/share/bash-completion/completions/kubectl", "kubectl"},
			{"/usr/local/etc/bash_completion.d/kubectl", "kubectl"},
		}
	case "zsh":
		return []place{
			{filepath.Join(home, ".zshrc"), "kubectl completion zsh"},
			{"/usr/share/zsh/vendor-completions/_kubectl", "kubectl"},
			{"/usr/local/share/zsh/site-functions/_kubectl", "kubectl"},
		}
	case "fish":
		return []place{
			{filepath.Join(home, ".config/fish/config.fish"), "kubectl completion fish"},
			{filepath.Join(home, ".config/fish/completions/kubectl.fish"), "kubectl"},
			{"/usr/share/fish/vendor_completions.d/kubectl.fish", "kubectl"},
		}
	}
	return nil
}
