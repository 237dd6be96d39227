package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const root = "../.."

// maxLines keeps ARCHITECTURE.md a page that people read.
const maxLines = 150

// packageLine is a line of the package list: "pkg/cluster/    THE SEAM: ...".
var packageLine = regexp.MustCompile(`(?m)^((?:cmd|pkg|test)/[a-z0-9/-]+)/ `)

// TestArchitecture compares the package list of ARCHITECTURE.md with the folders that hold Go files.
func TestArchitecture(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(data), "\n"); lines > maxLines {
		t.Errorf("ARCHITECTURE.md has %d lines, more than %d", lines, maxLines)
	}
	var listed []string
	for _, match := range packageLine.FindAllStringSubmatch(string(data), -1) {
		listed = append(listed, match[1])
	}
	slices.Sort(listed)
	if diff := cmp.Diff(listed, packages(t)); diff != "" {
		t.Errorf("the package list of ARCHITECTURE.md is not the tree's (-page +tree):\n%s", diff)
	}
}

// packages lists the folders with Go files, but those inside the lab, which is a module of its own and one line of the
// page, and those that hold data of tests.
func packages(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, top := range []string{"cmd", "pkg", "test"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && entry.Name() == "testdata" {
				return fs.SkipDir
			}
			if entry.IsDir() || !strings.HasSuffix(path, ".go") {
				return nil
			}
			folder, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			if strings.HasPrefix(folder, "test/lab/") {
				return nil
			}
			found = append(found, filepath.ToSlash(folder))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
