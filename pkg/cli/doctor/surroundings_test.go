package doctor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// told runs doctor and returns the summary and state of a check.
func told(t *testing.T, o *Options, checks []report.Check, name string) string {
	t.Helper()
	for _, check := range checks {
		if check.Name == name {
			return string(check.State) + ": " + o.Messages.Text(check.Says, check.Args)
		}
	}
	return ""
}

func TestInstallation(t *testing.T) {
	tests := map[string]struct {
		programs    []string
		check, want string
	}{
		"in order":            {[]string{"bin/kubectl-podkit"}, "plugin", "ok: kubectl podkit runs ~/bin/kubectl-podkit"},
		"not on PATH":         {nil, "plugin", "warning: kubectl finds no kubectl-podkit on PATH"},
		"shadowed":            {[]string{"krew/kubectl-podkit", "bin/kubectl-podkit"}, "plugin", "warning: kubectl podkit runs ~/krew/kubectl-podkit, not this one (~/bin/kubectl-podkit)"},
		"shadows nobody else": {[]string{"krew/kubectl-podkit", "bin/kubectl-podkit"}, "others", ""},
		"another behind":      {[]string{"bin/kubectl-podkit", "old/kubectl-podkit"}, "others", "warning: there are other ones on PATH, which ~/bin/kubectl-podkit hides: ~/old/kubectl-podkit"},
		"completed":           {[]string{"bin/kubectl-podkit", "bin/kubectl_complete-podkit"}, "completer", "ok: kubectl asks ~/bin/kubectl_complete-podkit"},
		"not completed":       {[]string{"bin/kubectl-podkit"}, "completer", `note: kubectl podkit is not completed at the Tab key; to have it: ` + "`ln -s \"$(command -v kubectl-podkit)\" ~/bin/kubectl_complete-podkit`"},
	}
	for name, test := range tests {
		h := newHome(t, test.programs...)
		o := options(t, message.English, nil, h, nil)
		got := strings.ReplaceAll(told(t, o, o.installation(), test.check), h.path, "~")
		if !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// A link of another name, as krew makes, is the same program.
func TestLinkedPluginIsThisOne(t *testing.T) {
	h := newHome(t, "store/kubectl-podkit-v1", "bin/kubectl")
	if err := os.Symlink(filepath.Join(h.path, "store/kubectl-podkit-v1"), filepath.Join(h.path, "bin/kubectl-podkit")); err != nil {
		t.Fatal(err)
	}
	o := options(t, message.English, nil, h, nil)
	o.Self = filepath.Join(h.path, "store/kubectl-podkit-v1")
	if got := told(t, o, o.installation(), "plugin"); !strings.HasPrefix(got, "ok: ") {
		t.Errorf("%q", got)
	}
}

func TestShell(t *testing.T) {
	h := newHome(t)
	o := options(t, message.English, nil, h, nil)
	for _, shell := range []string{"bash", "zsh", "fish"} {
		h.variables["SHELL"] = "/bin/" + shell
		rc := map[string]string{"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}[shell]
		path := filepath.Join(h.path, rc)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("kubectl completion "+shell+" | source\n"), 0o600)); err != nil {
			t.Fatal(err)
		}
		if got := told(t, o, o.installation(), "shell"); got != "ok: "+shell+" completes kubectl ("+path+")" {
			t.Errorf("%q", got)
		}
	}
	h.variables["SHELL"] = "/bin/xonsh"
	if got := told(t, o, o.installation(), "shell"); got != "note: whether the shell xonsh completes kubectl is not known" {
		t.Errorf("%q", got)
	}
}

func TestTerminal(t *testing.T) {
	screen := report.Terminal{Width: 120, Color: true}
	plain := report.Terminal{Width: 120}
	tests := map[string]struct {
		terminal    report.Terminal
		variables   map[string]string
		check, want string
	}{
		"a pipe":          {report.Terminal{Width: 80, Piped: true}, nil, "output", "note: the output goes to no terminal: 80 columns, no colour"},
		"a pipe's colour": {report.Terminal{Width: 80, Piped: true}, nil, "color", ""},
		"a screen":        {screen, nil, "output", "ok: a terminal of 120 columns"},
		"colours":         {screen, nil, "color", "ok: colours are shown"},
		"NO_COLOR":        {plain, map[string]string{"NO_COLOR": "1"}, "color", "note: no colours: NO_COLOR"},
		"TERM=dumb":       {plain, map[string]string{"TERM": "dumb"}, "color", "note: no colours: TERM=dumb"},
		"UTF-8":           {screen, map[string]string{"LC_CTYPE": "zh_CN.utf8"}, "utf8", "ok: characters are UTF-8 (LC_CTYPE=zh_CN.utf8)"},
		"another":         {screen, map[string]string{"LC_ALL": "POSIX"}, "utf8", "warning: the locale is not UTF-8 (LC_ALL=POSIX)"},
		"no locale":       {screen, map[string]string{"LANG": ""}, "utf8", "warning: the locale is not UTF-8 (LANG=)"},
		"kitty":           {screen, map[string]string{"TERM": "xterm-kitty"}, "clipboard", "note: the terminal likely takes"},
		"tmux in kitty":   {screen, map[string]string{"TERM": "xterm-kitty", "TMUX": "x"}, "clipboard", "note: tmux passes"},
		"any other":       {screen, nil, "clipboard", "note: it is not known"},
		"by LANG":         {screen, nil, "language", "ok: language en, chosen by LANG=C.UTF-8"},
		"by PODKIT_LANG":  {screen, map[string]string{"PODKIT_LANG": "en"}, "language", "ok: language en, chosen by PODKIT_LANG=en"},
		"by nothing":      {screen, map[string]string{"LANG": ""}, "language", "ok: language en, chosen by default"},
	}
	for name, test := range tests {
		h := newHome(t)
		for variable, value := range test.variables {
			h.variables[variable] = value
		}
		o := options(t, message.English, nil, h, nil)
		o.Terminal = test.terminal
		if got := told(t, o, o.terminal(), test.check); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestKubectl(t *testing.T) {
	tests := map[string]struct {
		programs     []string
		version      string
		server, want string
	}{
		"near":           {[]string{"bin/kubectl"}, "v1.35.1", "v1.36.3", "ok: kubectl v1.35.1 (~/bin/kubectl) is within one minor version"},
		"old":            {[]string{"bin/kubectl"}, "v1.32.0", "v1.36.3", "warning: kubectl v1.32.0 (~/bin/kubectl) is more than one minor version from the server's v1.36.3"},
		"of a vendor":    {[]string{"bin/kubectl"}, "v1.36.3-eks-1", "v1.36.1+k3s1", "ok: "},
		"without server": {[]string{"bin/kubectl"}, "v1.32.0", "", "note: kubectl v1.32.0 (~/bin/kubectl)"},
		"missing":        {nil, "", "v1.36.3", "warning: there is no kubectl on PATH"},
		"broken":         {[]string{"bin/kubectl"}, "", "v1.36.3", "warning: ~/bin/kubectl does not tell its version: no"},
	}
	for name, test := range tests {
		h := newHome(t, test.programs...)
		o := options(t, message.English, nil, h, nil)
		o.KubectlVersion = func(context.Context, string) (string, error) {
			if test.version == "" {
				return "", errors.New("no")
			}
			return test.version, nil
		}
		var got string
		o.kubectl(t.Context(), test.server, func(_, _ string, state report.CheckState, says string, args message.Args) {
			got = strings.ReplaceAll(string(state)+": "+o.Messages.Text(says, args), h.path, "~")
		})
		if !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestKubectlVersion asks a program that tells it as kubectl does.
func TestKubectlVersion(t *testing.T) {
	h := newHome(t, "bin/kubectl")
	path := filepath.Join(h.path, "bin/kubectl")
	script := "#!/bin/sh\n[ \"$*\" = \"version --client -o json\" ] && echo '{\"clientVersion\": {\"gitVersion\": \"v1.36.3\"}}'\n"
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := kubectlVersion(t.Context(), path); got != "v1.36.3" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := kubectlVersion(t.Context(), filepath.Join(h.path, "nowhere")); err == nil {
		t.Error("a kubectl that is not there told its version")
	}
}

func TestLibraries(t *testing.T) {
	o := options(t, message.English, nil, newHome(t), nil)
	for server, want := range map[string]report.CheckState{
		"v1.36.3": report.CheckOK, "v1.38.0": report.CheckOK, "v1.33.1-gke.100": report.CheckWarning, "unknown": report.CheckNote,
	} {
		if state, says, _ := o.libraries(server); state != want {
			t.Errorf("%s: %s (%s), want %s", server, state, says, want)
		}
	}
}
