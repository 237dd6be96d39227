package paste

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-logr/logr"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/klog/v2"

	"github.com/kubectl-podkit/podkit/pkg/cli"
)

// program runs podkit in a home of its own.
type program struct {
	recording, home, language string
}

// run runs a command, and returns all that it printed on both outputs.
func (p program) run(t *testing.T, args ...string) (out, errOut []byte) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	streams := genericiooptions.IOStreams{In: strings.NewReader(""), Out: &stdout, ErrOut: &stderr}
	env := map[string]string{"HOME": p.home, "PATH": p.home, "KUBECONFIG": filepath.Join(p.home, "none")}
	args = append([]string{args[0], "--lang", p.language}, args[1:]...)
	if p.recording != "" {
		args = slices.Insert(args, 1, "--recording", p.recording)
	}
	func() {
		defer func() { // kubectl's describer panics over some objects that no server has defaulted: no matter of this test.
			if cause := recover(); cause != nil && !slices.Contains(args, "describe") {
				panic(cause)
			}
		}()
		cli.Run(context.WithoutCancel(t.Context()), args, streams, func(name string) string { return env[name] })
	}()
	return stdout.Bytes(), stderr.Bytes()
}

// TestNothingThatIsPrintedRunsMoreThanItShows gives every command of every output to every shell.
func TestNothingThatIsPrintedRunsMoreThanItShows(t *testing.T) {
	klog.SetLogger(logr.Discard())
	all := scenarios(t)
	var few []scenario // What is run often reads little.
	for i := 0; i < len(all); i += 17 {
		few = append(few, all[i])
	}
	whole, part := record(t, all), record(t, few)
	found := offered{commands: map[string]bool{}, tails: map[string]bool{}}
	for _, language := range []string{"en", "zh"} {
		program{recording: whole, home: t.TempDir(), language: language}.diagnoses(t, &found)
		p := program{recording: part, home: t.TempDir(), language: language}
		p.reads(t, &found, few)
		p.guides(t, &found, few)
		p.mistakes(t, &found)
	}
	var closed, open []string
	carriers := 0
	for tail := range found.tails { // Most are a command up to the end.
		if _, _, fault := read(tail); fault == "" {
			found.commands[tail] = true
			delete(found.tails, tail)
		}
	}
	for _, line := range slices.Sorted(maps.Keys(found.commands)) {
		words, placeholders, fault := read(line)
		switch {
		case fault != "" && !isOfScenario(line): // A sentence of podkit's own that begins with a command.
			found.tails[line] = true
			continue
		case fault != "":
			t.Errorf("%s\n\thas %s", line, fault)
			continue
		case placeholders:
			open = append(open, line)
		default:
			closed = append(closed, line)
		}
		if isPoisoned(strings.Join(words, "\x00")) {
			carriers++
		}
	}
	t.Logf("%d lines, %d with placeholders, %d with poison, %d sentences", len(closed), len(open), carriers, len(found.tails))
	if len(closed) < 1000 || len(open) < 50 || carriers < 150 {
		t.Errorf("only %d lines, %d with placeholders, %d with poison: the search is broken", len(closed), len(open), carriers)
	}
	for _, shell := range shells(t) {
		t.Run(filepath.Base(shell), func(t *testing.T) {
			r := newRoom(t, shell)
			r.check(t, some(closed, 5))
			for _, line := range some(open, 20) {
				r.unrun(t, line)
			}
			for _, tail := range some(slices.Sorted(maps.Keys(found.tails)), 20) {
				r.harmless(t, tail)
			}
		})
	}
}

// isOfScenario reports whether a line tells of a scenario, and is no text that is the same for all clusters.
func isOfScenario(line string) bool {
	return ofScenario.MatchString(line) || isPoisoned(line)
}

// isPoisoned reports whether a poison is seen in a text that is nothing but one.
func isPoisoned(text string) bool {
	return slices.ContainsFunc(poisons, func(poison string) bool { return len(poison) > 3 && strings.Contains(text, poison) })
}

// some are the lines in which there may be a poison, and one of so many of the others; all of them when it is to be thorough.
func some(lines []string, ofSoMany int) []string {
	var taken []string
	for i, line := range lines {
		words, _, _ := read(line)
		if isThorough() || isPoisoned(line) || isPoisoned(strings.Join(words, "\x00")) || i%ofSoMany == 0 {
			taken = append(taken, line)
		}
	}
	return taken
}

var ofScenario = regexp.MustCompile(`(?:shop|node\d)-\d`)

// diagnoses prints what was found in every format, and writes every report.
func (p program) diagnoses(t *testing.T, found *offered) {
	t.Helper()
	for _, format := range []string{"", "json", "yaml", "markdown", "html", "sarif", "junit"} {
		args := []string{"diagnose", "-A", "-v"}
		if format != "" {
			args = append(args, "-o", format)
		}
		out, errOut := p.run(t, args...)
		if len(out) == 0 {
			t.Fatalf("%q printed nothing: %s", args, errOut)
		}
		found.takeAs(t, format, out)
		found.take(string(errOut))
	}
	files := map[string]string{}
	args := []string{"diagnose", "-A", "--redact=off"}
	for _, format := range []string{"md", "html", "sarif", "xml"} {
		files[format] = filepath.Join(p.home, "report."+format)
		args = append(args, "--report", files[format])
	}
	out, errOut := p.run(t, args...)
	found.take(string(out) + string(errOut))
	for format, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found.takeAs(t, format, data)
	}
}

// reads are the commands that print what is there.
func (p program) reads(t *testing.T, found *offered, all []scenario) {
	t.Helper()
	commands := [][]string{{"get", "-A"}, {"nodes"}, {"doctor"}, {"proxy"}, {"findings"}, {"explain"}}
	for i, pod := range pods(all) {
		if i%2 == 0 {
			commands = append(commands, []string{"describe", pod[1], "-n", pod[0]})
		}
		if i%2 == 0 {
			poison := poisons[i/2%len(poisons)]
			commands = append(commands, [][]string{
				{"logs", pod[1], "-n", pod[0]},
				{"logs", pod[1], "-n", pod[0], "-f"},
				{"logs", pod[1], "-n", pod[0], "-c", poison},
				{"exec", pod[1], "-n", pod[0], "--", "sh", "-c", poison},
				{"curl", pod[1] + ":8080/" + poison, "-n", pod[0]},
				{"curl", "-X", "PATCH", pod[1] + ":8080/" + poison, "-n", pod[0]},
				{"get", poison, "-n", pod[0], "-w"},
				{"get", pod[1], "-n", poison},
				{"debug", pod[1], "-n", pod[0], "-w", "-c", poison},
			}...)
		}
	}
	for _, args := range commands {
		out, errOut := p.run(t, args...)
		if args[0] != "logs" { // What an app writes is no offer of podkit's.
			found.take(string(out))
		}
		found.take(string(errOut))
	}
}

// workflows are all of podkit's own, and one of somebody whose parameters and texts are poisoned.
func workflows(t *testing.T, poison string) []string {
	t.Helper()
	files, err := filepath.Glob("../../pkg/workflow/builtin/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no workflows")
	}
	var names []string
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".yaml"))
	}
	file := filepath.Join(t.TempDir(), "theirs.yaml")
	both := func(text string) string { return "{en: " + quoteYAML(text) + ", zh: " + quoteYAML("文"+text) + "}" }
	step := func(id, action, with string) string {
		return "- id: " + id + "\n  title: " + both("a step") + "\n  purpose: " + both("`{{.Kubectl}} get pod {{.Pod}} {{.Answers.what}}`") +
			"\n  action: " + action + "\n" + with + "\n  means: [{say: " + both("`{{.Kubectl}} logs {{.Pod}}{{.ContainerFlag}}{{.Flags}}`") + "}]\n"
	}
	text := "apiVersion: podkit.dev/v1alpha1\nkind: Workflow\nname: theirs\ntitle: " + both("theirs") + "\nsummary: " + both("theirs") + "\nsteps:\n" +
		step("what", "ask", "  ask: {default: "+quoteYAML(poison)+"}") + step("find", "get", "") +
		step("ask", "curl", "  with: {path: "+quoteYAML("/"+poison)+"}") + step("run", "exec", "  with: {command: "+quoteYAML("cat "+poison)+"}")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return append(names, file)
}

// quoteYAML is a text as YAML takes it: JSON's strings are a part of it.
func quoteYAML(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\x1b", `\e`).Replace(text) + `"`
}

// guides walks through every workflow, with some pods each, and keeps records.
func (p program) guides(t *testing.T, found *offered, all []scenario) {
	t.Helper()
	those := pods(all)
	for i, poison := range poisons {
		for j, name := range workflows(t, poison) {
			if !strings.Contains(name, "/") && (i+j)%5 != 0 {
				continue
			}
			pod := those[(i*37+j*11)%len(those)]
			file := filepath.Join(t.TempDir(), "record.md")
			out, errOut := p.run(t, "debug", pod[1], "-n", pod[0], "--yes", "--workflow", name, "--record", file)
			found.take(string(out) + string(errOut))
			if data, err := os.ReadFile(file); err == nil {
				found.takeAs(t, "md", data)
			}
		}
	}
	for i, pod := range those {
		if i%3 == 0 {
			out, errOut := p.run(t, "debug", pod[1], "-n", pod[0], "--yes")
			found.take(string(out) + string(errOut))
		}
	}
}

// mistakes are what a user types, with poison in it.
func (p program) mistakes(t *testing.T, found *offered) {
	t.Helper()
	for i, poison := range poisons {
		for j, args := range [][]string{
			{"get", poison},
			{"describe", "pod/" + poison},
			{"diagnose", "deploy/" + poison},
			{"logs", "x", "-c", poison},
			{"exec", poison},
			{"exec", "x", poison},
			{"curl", poison},
			{"debug", poison, "--yes"},
			{"debug", "--workflow", poison},
			{"explain", poison},
			{"findings", poison},
			{"nodes", poison},
		} {
			if (i+j)%3 == 0 || isThorough() {
				out, errOut := p.run(t, args...)
				found.take(string(out) + string(errOut))
			}
		}
		path := filepath.Join(t.TempDir(), "rec"+strings.ReplaceAll(poison, "/", "_"))
		if data, err := os.ReadFile(p.recording); err == nil && os.WriteFile(path, data, 0o600) == nil {
			other := program{recording: path, home: p.home, language: p.language}
			out, errOut := other.run(t, "proxy")
			found.take(string(out) + string(errOut))
		}
	}
}
