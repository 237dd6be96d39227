package press

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/report/html"
	"github.com/kubectl-podkit/podkit/pkg/report/junit"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/report/sarif"
)

// Press prints diagnoses.
type Press struct {
	// Messages are in the reader's language, for Markdown and HTML; ForScripts in that of SARIF and JUnit.
	Messages, ForScripts *message.Catalog
	// Kubectl is how kubectl is called in commands; Version is podkit's.
	Kubectl, Version string
	// Redactor takes secrets out of texts of the cluster; nil leaves them as they are.
	Redactor dossier.Redactor
}

// Copy is a diagnosis that is to be printed. The timelines show what the diagnosis' file knows: let casefile.File.Around
// complete it for the pods that are not well (Troubled).
type Copy struct {
	Found *diagnosis.Diagnosis
	Scope document.Scope
	Cost  document.Cost
}

// Print prints a copy in a format.
func (p Press) Print(out io.Writer, format Format, c Copy) error {
	switch format {
	case Markdown:
		return markdown.Write(out, p.dossier(c))
	case HTML:
		return html.Write(out, p.dossier(c))
	case SARIF:
		return sarif.Writer{Explain: p.explain, Language: string(p.ForScripts.Language()), Version: p.Version}.Write(out, p.document(c))
	case JUnit:
		return junit.Write(out, p.document(c))
	}
	return message.Errorf(nil, "error.report-format", message.Args{"Path": string(format)})
}

// Check refuses a file that Save would not be able to write.
func Check(path string) error {
	if _, err := FormatOf(path); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return unwritten(path, syscall.EISDIR)
	}
	// Whether a folder takes files is known for certain only by making one, as Save will.
	file, err := os.CreateTemp(filepath.Dir(path), scratch)
	if err == nil {
		err = cmp.Or(file.Close(), os.Remove(file.Name()))
	}
	return unwritten(path, err)
}

// Save prints a copy into a file, in the format that its name ends in. The file is there whole or not at all.
func (p Press) Save(path string, c Copy) error {
	format, err := FormatOf(path)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := p.Print(&text, format, c); err != nil {
		return err
	}
	return unwritten(path, replace(path, text.Bytes()))
}

// unwritten says why a file cannot be written; nil stays nil.
func unwritten(path string, err error) error {
	if err == nil {
		return nil
	}
	cause := err
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) {
		cause = failed.Err
	}
	return message.Errorf(err, "error.report-write", message.Args{"Path": path, "Cause": cause.Error()})
}

// scratch is the pattern of the name that a file has while it is written.
const scratch = ".podkit-report-*"

// replace writes a file under another name first, and then gives it its own.
func replace(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), scratch)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = cmp.Or(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

func (p Press) dossier(c Copy) *dossier.Dossier {
	builder := dossier.Builder{Messages: p.Messages, Kubectl: p.Kubectl, Tool: "podkit " + p.Version, Redactor: p.Redactor}
	if p.Redactor != nil {
		builder.Build(c.Found) // The first pass: what one text gives away as a secret may stand in those before it.
	}
	return builder.Build(c.Found)
}

func (p Press) document(c Copy) *document.Diagnosis {
	builder := document.Builder{Messages: p.ForScripts, Kubectl: p.Kubectl}
	if p.Redactor == nil {
		return builder.Build(c.Found, c.Scope, c.Cost)
	}
	builder.Redact = p.Redactor.Log
	redact(builder.Build(c.Found, c.Scope, c.Cost), p.Redactor) // The first pass, as with a dossier.
	made := builder.Build(c.Found, c.Scope, c.Cost)
	redact(made, p.Redactor)
	return made
}

// explain looks up what is known of a cause.
func (p Press) explain(id string) report.Explanation {
	entries := causes.Entries(causes.Families())
	at := slices.IndexFunc(entries, func(e causes.Entry) bool { return e.ID == id })
	if at < 0 {
		return report.Explanation{ID: id, Severity: diagnosis.Error.String(), Family: "other", Title: id}
	}
	return report.Explain(&entries[at], p.ForScripts)
}
