package redact

import (
	"strings"
	"testing"
)

const keyLog = `2026-11-22T19:39:03.1Z loading key
2026-11-22T19:39:03.2Z -----BEGIN RSA PRIVATE KEY-----
2026-11-22T19:39:03.3Z MIIEowIBAAKCAQEAx1y2z3MIIEowIBAAKCAQEAx1y2z3aaaaaaaaaaaaaaaaaaaaaa
2026-11-22T19:39:03.4Z c2hvcnQ=
2026-11-22T19:39:03.5Z -----END RSA PRIVATE KEY-----
2026-11-22T19:39:03.6Z connection refused
`

func TestLogHidesAKeyOverSeveralLines(t *testing.T) {
	for name, text := range map[string]string{
		"whole":            keyLog,
		"the end is there": keyLog[strings.Index(keyLog, "2026-11-22T19:39:03.3Z"):],
		"not finished":     strings.Replace(keyLog, "2026-11-22T19:39:03.5Z -----END RSA PRIVATE KEY-----\n", "", 1),
	} {
		clean := New(salt, nil).Log(text)
		if strings.Contains(clean, "MIIE") || strings.Contains(clean, "c2hv") {
			t.Errorf("%s: the key is still there:\n%s", name, clean)
		}
		if !strings.HasSuffix(clean, "2026-11-22T19:39:03.6Z connection refused\n") || strings.Count(clean, "\n") != strings.Count(text, "\n") {
			t.Errorf("%s: the rest is gone:\n%s", name, clean)
		}
	}
}

func TestReportCountsByRule(t *testing.T) {
	r := New(salt, nil)
	r.Log("password=one\npassword=two\nghp_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5\n")
	want := []Rule{{"github", 1}, {"password", 2}}
	if got := r.Report(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("report is %v, want %v", got, want)
	}
}
