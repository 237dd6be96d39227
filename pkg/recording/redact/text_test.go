package redact

import (
	"strings"
	"testing"
)

var salt = []byte("salt of the tests")

// Every planted secret is taken out of its text, in which a placeholder stands instead; a second time changes nothing.
func TestText(t *testing.T) {
	all := planted()
	if len(all) < 100 {
		t.Errorf("%d shapes only", len(all))
	}
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) {
			r := New(salt, nil)
			clean := r.Text(p.text)
			if strings.Contains(clean, p.secret) || !strings.Contains(clean, Open) {
				t.Errorf("%q is still in %q", p.secret, clean)
			}
			if again := New(salt, nil).Text(clean); again != clean {
				t.Errorf("twice: %q, once: %q", again, clean)
			}
		})
	}
}

func TestTextKeepsWhatADiagnosisNeeds(t *testing.T) {
	for _, text := range lookalikes() {
		if clean := New(salt, nil).Text(text); clean != text {
			t.Errorf("%q became %q", text, clean)
		}
		if clean := New(salt, nil).Log(text); clean != text {
			t.Errorf("as a log, %q became %q", text, clean)
		}
	}
}

func TestTextKeepsWhatStandsAround(t *testing.T) {
	for text, want := range map[string]string{
		"connecting to postgres://shop:hunter2@db:5432/shop":            "connecting to postgres://shop:‹redacted:url-password:*›@db:5432/shop",
		"Server=db;Password=Hunter2!;Database=shop":                     "Server=db;Password=‹redacted:password:*›;Database=shop",
		`{"apiKey":"s3cr3tOpaqueValue","port":8080}`:                    `{"apiKey":"‹redacted:api-key:*›","port":8080}`,
		"level=info token=s3cr3tOpaqueValue err=\"connection refused\"": "level=info token=‹redacted:token:*› err=\"connection refused\"",
		"curl -u admin:hunter2 http://api:8080/v1":                      "curl -u admin:‹redacted:password:*› http://api:8080/v1",
		"GET /me?access_token=s3cr3tOpaqueValue&page=2 500":             "GET /me?access_token=‹redacted:url-parameter:*›&page=2 500",
	} {
		clean := New(salt, nil).Text(text)
		before, after, _ := strings.Cut(want, "*")
		if !strings.HasPrefix(clean, before) || !strings.HasSuffix(clean, after) {
			t.Errorf("%q became %q, want %q", text, clean, want)
		}
	}
}
