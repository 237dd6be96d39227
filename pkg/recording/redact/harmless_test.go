package redact

import (
	"os"
	"strings"
	"testing"
)

// harmlessLines are lines that hold no secret and that a diagnosis may need, many of them about secrets.
func harmlessLines(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile("testdata/harmless.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
}

func TestHarmlessLinesStay(t *testing.T) {
	lines := harmlessLines(t)
	if len(lines) < 100 {
		t.Fatalf("%d lines only", len(lines))
	}
	r := New(salt, nil)
	for _, line := range lines {
		if clean := r.Text(line); clean != line {
			t.Errorf("%q became %q", line, clean)
		}
		if clean := r.Log("2026-11-22T19:39:03Z " + line + "\n"); clean != "2026-11-22T19:39:03Z "+line+"\n" {
			t.Errorf("as a log, %q became %q", line, clean)
		}
	}
	// One below the other as well: no line is the value of the one before it.
	text := strings.Join(lines, "\n")
	if clean := New(salt, nil).Log(text); clean != text {
		for i, line := range strings.Split(clean, "\n") {
			if line != lines[i] {
				t.Errorf("in a log, %q became %q", lines[i], line)
			}
		}
	}
}
