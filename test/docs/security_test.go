package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// proof is a test or a fuzz target as SECURITY.md names it.
var proof = regexp.MustCompile("`((?:Test|Fuzz)[A-Z][A-Za-z0-9]*)`")

// TestSecurity: every test that SECURITY.md names is in a folder that the same line links to, and every threat has one.
// That its links lead somewhere is TestLinks' to see.
func TestSecurity(t *testing.T) {
	page, found := pagesOf(t)["SECURITY.md"]
	if !found {
		t.Fatal("there is no SECURITY.md")
	}
	named := 0
	for line := range strings.SplitSeq(joined(page), "\n") {
		tests := proof.FindAllStringSubmatch(line, -1)
		links := link.FindAllStringSubmatch(line, -1)
		row := strings.HasPrefix(line, "| ") && strings.Count(line, " | ") >= 2
		if row && !strings.HasPrefix(line, "| it ") && len(tests) == 0 && len(links) == 0 {
			t.Errorf("a threat with nothing that stops it: %s", line)
		}
		var folders []string
		for _, match := range links {
			folder := match[1]
			if strings.HasSuffix(folder, ".go") {
				folder = filepath.Dir(folder)
			}
			folders = append(folders, folder)
		}
		for _, match := range tests {
			named++
			if !tested(t, match[1], folders) {
				t.Errorf("%s is in none of %q, which its line links to: %s", match[1], folders, line)
			}
		}
	}
	if named < 30 {
		t.Errorf("%d tests are named: the search is broken", named)
	}
}

// joined makes a line of each paragraph, so that a link and the test beside it are on one.
func joined(page string) string {
	paragraphs := strings.Split(page, "\n\n")
	for i, paragraph := range paragraphs {
		if !strings.HasPrefix(paragraph, "|") && !strings.HasPrefix(paragraph, "- ") {
			paragraphs[i] = strings.ReplaceAll(paragraph, "\n", " ")
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// tested reports whether one of the folders has a test of that name.
func tested(t *testing.T, name string, folders []string) bool {
	t.Helper()
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(folder), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(data), "\nfunc "+name+"(") {
				return true
			}
		}
	}
	return false
}
