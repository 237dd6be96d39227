package docs

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the generated pages of docs anew")

// checkPages compares the Markdown files of a folder with the pages, by file name, that must be there; pages too many are
// as stale as old ones. With -update it writes the folder anew.
func checkPages(t *testing.T, folder string, pages map[string]string) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(folder))
	if *update {
		writePages(t, path, pages)
	}
	if diff := cmp.Diff(readPages(t, path), pages); diff != "" {
		t.Errorf("%s is stale, run: make update\n(-there +generated)\n%s", folder, diff)
	}
}

func readPages(t *testing.T, folder string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, path := range markdown(t, folder) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.Base(path)] = string(data)
	}
	return pages
}

func writePages(t *testing.T, folder string, pages map[string]string) {
	t.Helper()
	for _, path := range markdown(t, folder) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func markdown(t *testing.T, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
