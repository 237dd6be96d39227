package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// pagesOf returns the Markdown files of the repository, by their paths from its root.
func pagesOf(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && name != "..") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".md") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		pages[filepath.ToSlash(relative)] = string(data)
		return err
	})
	if err != nil || len(pages) < 20 {
		t.Fatalf("found %d pages, %v: the search is broken", len(pages), err)
	}
	return pages
}

var (
	fence     = regexp.MustCompile("(?ms)^ *(```|~~~).*?^ *(```|~~~) *$")
	codeSpan  = regexp.MustCompile("`[^`\n]*`")
	link      = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)`)
	heading   = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *#*$`)
	decorated = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// TestLinks follows every link between the pages: to files, folders, and headings. Addresses elsewhere are not followed.
func TestLinks(t *testing.T) {
	pages := pagesOf(t)
	followed := 0
	for page, text := range pages {
		text = codeSpan.ReplaceAllString(fence.ReplaceAllString(text, ""), "")
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			target := match[1]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			followed++
			file, anchor, _ := strings.Cut(target, "#")
			at := page
			if file != "" {
				at = filepath.ToSlash(filepath.Join(filepath.Dir(page), file))
			}
			if _, err := os.Stat(filepath.Join(root, at)); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", page, target)
				continue
			}
			if anchor != "" && !anchors(pages[at])[anchor] {
				t.Errorf("%s: %s has no heading for the link to %s", page, at, target)
			}
		}
	}
	if followed < 50 {
		t.Errorf("followed %d links only: the search is broken", followed)
	}
}

// anchors are the names that GitHub gives to the headings of a page: in lower case, without punctuation, with hyphens for
// blanks, and numbered when they come again.
func anchors(page string) map[string]bool {
	found := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(fence.ReplaceAllString(page, ""), -1) {
		text := decorated.ReplaceAllString(match[1], "$1")
		name := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
				return unicode.ToLower(r)
			}
			return -1
		}, text)
		found[name] = true
	}
	return found
}

func TestAnchors(t *testing.T) {
	got := anchors("# What podkit may do, in *your* `cluster`\n\n```\n# no heading\n```\n## 第一个 Pod：看看\n### [A link](x.md) & more\n")
	for _, want := range []string{"what-podkit-may-do-in-your-cluster", "第一个-pod看看", "a-link--more"} {
		if !got[want] {
			t.Errorf("%q is not among %v", want, got)
		}
	}
	if len(got) != 3 {
		t.Errorf("%v", got)
	}
}
