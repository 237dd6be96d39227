package main

import (
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// extras makes them in a directory of the test and returns the bytes of all files.
func extras(t *testing.T, date string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "extras")
	if err := run([]string{"extras", "-date", date, dir}, io.Discard); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestExtras(t *testing.T) {
	t.Setenv("HOME", "/home/somebody")
	files := extras(t, "1767225600")
	for name, want := range map[string]string{
		"kubectl_complete-podkit":        `exec kubectl podkit __complete "$@"`,
		"completion/kubectl-podkit.bash": "__start_kubectl-podkit",
		"completion/_kubectl-podkit":     "#compdef kubectl-podkit",
		"completion/kubectl-podkit.fish": "complete -c kubectl-podkit",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s says nothing of %q:\n%.300s", name, want, files[name])
		}
	}
	unpacked, err := gzip.NewReader(strings.NewReader(files["man/kubectl-podkit-diagnose.1.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`.TH "KUBECTL-PODKIT-DIAGNOSE" "1" "Jan 2026"`, "fail-on", "SEE ALSO"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the man page has no %q:\n%.500s", want, page)
		}
	}
	if strings.Contains(string(page), "/home/somebody") {
		t.Error("the page tells who made it")
	}
	if _, ok := files["man/kubectl-podkit.1.gz"]; !ok {
		t.Error("there is no page of the root command")
	}
	if diff := cmp.Diff(files, extras(t, "1767225600")); diff != "" {
		t.Errorf("made again, they differ:\n%s", diff)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"extra"}, {"extras"}, {"extras", "-date", "0", "x"}, {"krew", "-tag", "v1.0.0"}} {
		if err := run(args, io.Discard); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
}
