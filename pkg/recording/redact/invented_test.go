package redact

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// passing are the invented secrets of testdata/invented.txt that pass, each with the reason.
var passing = map[string]string{
	"NewVal-pw-1":      "what is called a new value may be anything; that it is a password stands behind it",
	"communityStr1":    "the configuration of a switch, which no Pod writes",
	"phrase in quotes": "words in quotes behind a word that is in prose as well",
}

// TestInventedSecrets: of lines as apps, shells and people write them, in a log, no marked secret stays but those listed.
func TestInventedSecrets(t *testing.T) {
	raw, err := os.ReadFile("testdata/invented.txt")
	if err != nil {
		t.Fatal(err)
	}
	marked := regexp.MustCompile(`⟦([^⟧]+)⟧`)
	text := strings.ReplaceAll(string(raw), "␛", "\x1b")
	clean := New(salt, nil).Log(marked.ReplaceAllString(text, "$1"))
	lines := strings.Split(clean, "\n")
	all := marked.FindAllStringSubmatch(text, -1)
	if len(all) < 200 || strings.Count(clean, "\n") != strings.Count(text, "\n") {
		t.Fatalf("%d secrets, %d lines", len(all), len(lines))
	}
	leaks := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		for _, secret := range marked.FindAllStringSubmatch(line, -1) {
			if !strings.Contains(clean, secret[1]) {
				continue
			}
			if leaks[secret[1]] = true; passing[secret[1]] == "" {
				t.Errorf("%s is still there: %s", secret[1], lines[i])
			}
		}
	}
	if len(leaks) != len(passing) || len(leaks) > 3 {
		t.Errorf("%d pass, %d are listed", len(leaks), len(passing))
	}
}
