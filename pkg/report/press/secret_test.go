package press_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

// raw is a redactor that wants the texts of the cluster as they are: neutralised, colours hide what a secret is.
type raw struct {
	*redact.Redactor

	t *testing.T
}

func (r raw) Text(text string) string { return r.Redactor.Text(r.unseen(text)) }
func (r raw) Log(text string) string  { return r.Redactor.Log(r.unseen(text)) }

func (r raw) unseen(text string) string {
	r.t.Helper()
	if strings.Contains(text, "^[[") {
		r.t.Errorf("neutralised before secrets are looked for: %.80q", text)
	}
	return text
}

// TestColouredSecrets: colours hide no secret, wherever in a report it stands.
func TestColouredSecrets(t *testing.T) {
	const secret = "EPJUo09j2kfhsa"
	for _, text := range []string{
		"\x1b[36mpassword\x1b[0m=\x1b[33m" + secret + "\x1b[0m", "\x1b[1;36mpassword\x1b[0m: \x1b[33m\"" + secret + "\"\x1b[0m",
		"2026-03-14 \x1b[32mINFO\x1b[0m \x1b[36mDB_PASSWORD\x1b[0m=" + secret, strings.Repeat("x", 1990) + " \x1b[36mpassword\x1b[0m=\x1b[33m" + secret,
	} {
		for _, format := range press.Formats() {
			p := newPress(t)
			p.Redactor = raw{redact.New([]byte("salt"), nil), t}
			var printed bytes.Buffer
			if err := p.Print(&printed, format, press.Copy{Found: specimen.Saying(t, text)}); err != nil {
				t.Fatal(err)
			}
			if at := strings.Index(printed.String(), secret[:6]); at >= 0 {
				t.Errorf("%s shows the secret of %.60q: %q", format, text, printed.String()[max(at-60, 0):at+20])
			}
		}
	}
}
