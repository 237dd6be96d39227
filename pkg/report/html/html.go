package html

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

//go:embed *.tmpl
var templates embed.FS

//go:embed style.css
var style string

// page is what the template is given.
type page struct {
	*dossier.Dossier
	Language message.Language
	// Style is the style sheet, and StyleHash what the page's policy allows: this sheet and no other.
	Style     template.CSS
	StyleHash string
	Causes    []cause
}

// cause is a root cause with its pictures.
type cause struct {
	*dossier.Cause
	Chain chain
	Chart chart
}

// Write writes a dossier. The same dossier gives the same bytes.
func Write(out io.Writer, d *dossier.Dossier) error {
	set, err := template.New("").Funcs(template.FuncMap{
		"spans": dossier.Spans, "prose": dossier.Prose, "class": class, "clock": clock, "share": share,
		"text": func(id string) string { return d.Text(id) },
		"say": func(id, name string, value any) string {
			return d.Text(id, message.Args{name: value})
		},
		"madeBy": func() string { return d.Text("report.made-by", message.Args{"Tool": d.Tool, "Time": clock(d.TakenAt)}) },
	}).ParseFS(templates, "*.tmpl")
	if err != nil {
		return err
	}
	shown := page{Dossier: d, Language: d.Messages.Language(), Style: template.CSS(style), StyleHash: hash(style)}
	for i := range d.Causes {
		c := &d.Causes[i]
		shown.Causes = append(shown.Causes, cause{Cause: c, Chain: newChain(c.Links, d), Chart: newChart(&c.Timeline, d)})
	}
	return set.ExecuteTemplate(out, "page.tmpl", shown)
}

// hash is a style sheet's in a Content-Security-Policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// class is a verdict as a class of the style sheet.
func class(verdict diagnosis.Verdict) string { return strings.ToLower(string(verdict)) }

// share is a part of a whole as a length in SVG.
func share(part float64) string { return percent(part * 100).String() }

func clock(at time.Time) string { return at.UTC().Format(time.DateTime) }
