package paste

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// isThorough reports whether all lines are given to all shells: make shells does. Without it a part of those in which there is
// nothing of a poison stands for the others, to save time.
func isThorough() bool { return os.Getenv("PODKIT_SHELLS") == "all" }

// shells are the four, or those of them that are there: one at least, all of them when PODKIT_SHELLS=all is set.
func shells(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, name := range []string{"bash", "dash", "zsh", "fish"} {
		path, err := exec.LookPath(name)
		switch {
		case err == nil:
			found = append(found, path)
		case isThorough():
			t.Fatalf("%s is missing", name)
		default:
			t.Logf("%s is missing, and left out", name)
		}
	}
	if len(found) == 0 {
		t.Fatal("there is no shell")
	}
	return found
}

// room is where a shell runs lines: an empty folder, and a PATH of stubs that write down how they are called.
type room struct {
	shell, folder, path, home string
}

const stub = `#!/bin/sh
printf '%%s\0' %s "$@"
printf '\001\0'
`

func newRoom(t *testing.T, shell string) room {
	t.Helper()
	r := room{shell: shell, folder: t.TempDir(), path: t.TempDir(), home: t.TempDir()}
	for _, name := range []string{"kubectl", "curl"} {
		if err := os.WriteFile(filepath.Join(r.path, name), fmt.Appendf(nil, stub, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// run gives a text to the shell as a script, and returns the calls of the stubs and the files that are there afterwards.
func (r room) run(t *testing.T, script string) (calls [][]string, files []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), r.shell, "-c", script)
	cmd.Dir = r.folder
	cmd.Env = []string{"PATH=" + r.path, "HOME=" + r.home, "POD_NAME=" + podName}
	data, _ := cmd.Output() // What a shell makes of a line is seen by what it ran.
	for call := range strings.SplitSeq(strings.TrimSuffix(string(data), "\x01\x00"), "\x01\x00") {
		if call != "" {
			calls = append(calls, strings.Split(strings.TrimSuffix(call, "\x00"), "\x00"))
		}
	}
	entries, err := os.ReadDir(r.folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		files = append(files, entry.Name())
		_ = os.RemoveAll(filepath.Join(r.folder, entry.Name()))
	}
	return calls, files
}

// together runs lines one after the other in one script, each behind a mark. It reports whether each ran the stub once with
// its words.
func (r room) together(t *testing.T, lines []string) bool {
	t.Helper()
	var script strings.Builder
	var want [][]string
	for i, line := range lines {
		words, _, _ := read(line)
		fmt.Fprintf(&script, "echo @%d\n%s\n", i, line)
		if words[0] == "export" {
			script.WriteString("kubectl \"$POD_NAME\"\nexport POD_NAME=" + shellQuoted + "\n")
			words = []string{"kubectl", strings.TrimPrefix(words[1], "POD_NAME=")}
		}
		words[0] = fmt.Sprintf("@%d\n%s", i, words[0]) // The mark comes before what the stub writes.
		want = append(want, words)
	}
	calls, files := r.run(t, script.String())
	return len(files) == 0 && slices.EqualFunc(calls, want, slices.Equal)
}

// shellQuoted is podName for all shells.
const shellQuoted = `'the-pod'\''s name'`

// check runs lines, many at once; where that does not come out right it looks for the line that is to blame.
func (r room) check(t *testing.T, lines []string) {
	t.Helper()
	const atOnce = 200
	for part := range slices.Chunk(lines, atOnce) {
		if r.together(t, part) {
			continue
		}
		blamed := false
		for _, line := range part {
			if !r.together(t, []string{line}) {
				calls, files := r.run(t, line)
				words, _, _ := read(line)
				t.Errorf("%s: %s\n\truns %q\n\tinstead of %q\n\tand leaves %q", filepath.Base(r.shell), line, calls, words, files)
				blamed = true
			}
		}
		if !blamed {
			t.Errorf("%s: lines that are right by themselves are not so together, in %d lines from %s", filepath.Base(r.shell), len(part), part[0])
		}
	}
}

// unrun gives a line to the shell that must run nothing, and make no file.
func (r room) unrun(t *testing.T, line string) {
	t.Helper()
	if calls, files := r.run(t, line); len(calls) > 0 || len(files) > 0 {
		t.Errorf("%s: %s has a placeholder\n\tand runs %q, leaves %q", filepath.Base(r.shell), line, calls, files)
	}
}

// harmless gives the end of a sentence to the shell, which may run the command that it begins with, and make no file. What
// podkit always says in the same words may name several commands.
func (r room) harmless(t *testing.T, tail string) {
	t.Helper()
	calls, files := r.run(t, tail)
	if len(files) > 0 || len(calls) > 1 && isOfScenario(tail) {
		t.Errorf("%s: %s\n\truns %q, and leaves %q", filepath.Base(r.shell), tail, calls, files)
	}
}
