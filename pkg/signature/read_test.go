package signature_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/signature"
)

func logOf(text string) []casefile.LogLine {
	var all []casefile.LogLine
	for line := range strings.Lines(text) {
		all = append(all, casefile.LogLine{Text: strings.TrimSuffix(line, "\n")})
	}
	return all
}

func TestTextIsTheFoldedTraceWithItsMiddleLeftOut(t *testing.T) {
	log := "starting\nException in thread \"main\" java.lang.IllegalStateException: outer\n" +
		strings.Repeat("\tat com.example.shop.Deep.call(Deep.java:7)\n", 60) +
		"Caused by: java.lang.IllegalStateException: inner\n\tat com.example.shop.Pool.get(Pool.java:42)\n"
	found := signature.Read(logOf(log))
	if len(found) != 1 {
		t.Fatalf("found %d matches, want one: %v", len(found), found)
	}
	m := found[0]
	if m.First != 1 || m.Last != 63 {
		t.Errorf("lines %d to %d, want 1 to 63", m.First, m.Last)
	}
	for _, want := range []string{"outer\n", "\n…\n", "Caused by: java.lang.IllegalStateException: inner\n"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the text lacks %q:\n%s", want, m.Text)
		}
	}
	if lines := strings.Count(m.Text, "\n") + 1; lines != 25 {
		t.Errorf("the text has %d lines, want 25", lines)
	}
}

func TestALongLineIsReadAtBothEnds(t *testing.T) {
	for name, line := range map[string]string{
		"at its head": "open /etc/a.yaml: no such file or directory; " + strings.Repeat("x", 1<<18),
		"at its end":  strings.Repeat("ü", 1<<18) + ": open /etc/a.yaml: no such file or directory",
	} {
		found := signature.Read(logOf(line))
		if len(found) != 1 || found[0].Args["Path"] != "/etc/a.yaml" || len(found[0].Text) > 4000 || !utf8.ValidString(found[0].Text) {
			t.Errorf("%s: %d matches", name, len(found))
		}
	}
}

// TestAnErrorFadesWithTime: the same error, and the same lines behind it, tell less the longer the app lived on.
func TestAnErrorFadesWithTime(t *testing.T) {
	start := time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)
	log := func(step time.Duration) []casefile.LogLine {
		all := []casefile.LogLine{{At: start, Text: "ERROR open /etc/a.yaml: no such file or directory"}}
		for i := range 5 {
			all = append(all, casefile.LogLine{At: start.Add(time.Duration(i+1) * step), Text: fmt.Sprintf("INFO request %d", i)})
		}
		return all
	}
	if found := signature.Read(log(time.Second)); len(found) != 1 || found[0].Strength != signature.Mention {
		t.Errorf("after seconds: %v", found)
	}
	if found := signature.Read(log(time.Minute)); len(found) != 0 {
		t.Errorf("after minutes: %v", found)
	}
}

// hostile are lines that begin what they do not end.
var hostile = []string{
	"Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "panic: x", "goroutine 1 [running]:", "\tat a.b.C.d(E.java:1)",
	"Caused by: a.b.C: x", "java.lang.Exception: x", "Error: x", "    at f (/a.js:1:1)", "Unhandled exception. A.BException: x", " ---> A.CException: y",
	"   at A.B.C() in /a.cs:line 1", "thread 'main' panicked at src/a.rs:1:1:", "/a.rb:1:in `f': x (E)", "\tfrom /a.rb:2:in `g'",
	"PHP Fatal error:  Uncaught E: x in /a.php:1", "#0 /a.php(1): f()", "***************************", "APPLICATION FAILED TO START", "",
	"{\"level\":\"error\",\"msg\":", "missing environment variables:", "  A", "***", "connection refused connection refused connection refused",
}

// BenchmarkHostileLog reads lines that begin what they do not end. Looking ahead from each to the end of the log would take
// hundreds of times as long.
func BenchmarkHostileLog(b *testing.B) {
	for i, first := range hostile {
		b.Run(strconv.Itoa(i), func(b *testing.B) {
			lines := repeated(first, hostile[(i*7+1)%len(hostile)], 5000)
			for b.Loop() {
				signature.Read(lines)
			}
		})
	}
}

func repeated(first, second string, times int) []casefile.LogLine {
	var all []casefile.LogLine
	for range times {
		all = append(all, casefile.LogLine{Text: first}, casefile.LogLine{Text: second})
	}
	return all
}

func FuzzRead(f *testing.F) {
	for _, line := range hostile {
		f.Add(line + "\n" + strings.Join(hostile, "\n"))
	}
	f.Fuzz(func(t *testing.T, log string) {
		lines := logOf(log)
		seen := map[string]bool{}
		for _, m := range signature.Read(lines) {
			if m.First < 0 || m.Last < m.First || m.Last >= len(lines) {
				t.Errorf("%s: lines %d to %d of %d", m.ID, m.First, m.Last, len(lines))
			}
			if m.ID == "" || m.Strength == 0 || m.Text == "" || seen[m.ID] {
				t.Errorf("an incomplete match, or one twice: %+v", m)
			}
			seen[m.ID] = true
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "2026-03-14T15:09:26.%03dZ ERROR [main] c.e.shop.Cart : cannot reach db:5432 for order %d, connection refused, %s\n", i, i, strings.Repeat("y", 200))
	}
	lines := logOf(text.String())
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		signature.Read(lines)
	}
}
