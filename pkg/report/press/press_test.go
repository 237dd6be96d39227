package press_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

func newPress(t testing.TB) press.Press {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	return press.Press{Messages: messages, ForScripts: messages, Kubectl: "kubectl", Version: "v1.2.3"}
}

// TestSave: the name of a file chooses the format, what is written is what is printed, and nothing else is left.
func TestSave(t *testing.T) {
	folder := t.TempDir()
	p, c := newPress(t), press.Copy{Found: specimen.Incident(t)}
	for name, format := range map[string]press.Format{"a.md": press.Markdown, "b.HTML": press.HTML, "c.sarif": press.SARIF, "d.xml": press.JUnit} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := p.Save(path, c); err != nil {
			t.Fatal(err)
		}
		var printed bytes.Buffer
		if err := p.Print(&printed, format, c); err != nil {
			t.Fatal(err)
		}
		saved, err := os.ReadFile(path)
		if err != nil || printed.Len() == 0 || !bytes.Equal(saved, printed.Bytes()) {
			t.Errorf("%s: %v, %d bytes saved, %d printed", name, err, len(saved), printed.Len())
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 4 {
		t.Errorf("%v, %v is left", err, entries)
	}
}

func TestRefusedFiles(t *testing.T) {
	p, c := newPress(t), press.Copy{Found: specimen.Incident(t)}
	for path, id := range map[string]string{
		"report.pdf": "error.report-format", "report": "error.report-format", filepath.Join(t.TempDir(), "none", "a.md"): "error.report-write",
	} {
		var told *message.Error
		if err := p.Save(path, c); !errors.As(err, &told) || told.ID != id {
			t.Errorf("%s: %v", path, err)
		}
		if err := press.Check(path); !errors.As(err, &told) || told.ID != id {
			t.Errorf("%s is not refused beforehand: %v", path, err)
		}
	}
}

// redactor takes out the name of a variable.
type redactor struct{}

func (redactor) Text(text string) string {
	return strings.ReplaceAll(text, "ORDERS_DSN", "‹redacted:test:000000›")
}
func (r redactor) Log(text string) string { return r.Text(text) }

// TestRedact: texts of the cluster pass through the redactor before they are laid out.
func TestRedact(t *testing.T) {
	p, c := newPress(t), press.Copy{Found: specimen.Incident(t)}
	p.Redactor = redactor{}
	for _, format := range press.Formats() {
		var printed bytes.Buffer
		if err := p.Print(&printed, format, c); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(printed.String(), "ORDERS_DSN") || !strings.Contains(printed.String(), "redacted:test:000000") {
			t.Errorf("%s shows what was to be taken out", format)
		}
	}
}

// learning is a redactor that knows only after some texts what is to be taken out.
type learning struct{ texts *int }

func (l learning) Text(text string) string {
	if *l.texts++; *l.texts < 10 {
		return text
	}
	return redactor{}.Text(text)
}
func (l learning) Log(text string) string { return l.Text(text) }

// TestRedactTwice: what a late text gives away is taken out of the early ones as well.
func TestRedactTwice(t *testing.T) {
	for _, format := range press.Formats() {
		p, c := newPress(t), press.Copy{Found: specimen.Incident(t)}
		p.Redactor = learning{new(int)}
		var printed bytes.Buffer
		if err := p.Print(&printed, format, c); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(printed.String(), "ORDERS_DSN") {
			t.Errorf("%s shows what was learned late", format)
		}
	}
}
