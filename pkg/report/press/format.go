package press

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Format is one of the formats, by the name that -o gives it.
type Format string

// The formats.
const (
	Markdown Format = "markdown"
	HTML     Format = "html"
	SARIF    Format = "sarif"
	JUnit    Format = "junit"
)

// Formats are all of them.
func Formats() []Format { return []Format{Markdown, HTML, SARIF, JUnit} }

// Named returns the format of a name as -o takes it.
func Named(name string) (Format, bool) {
	format := Format(name)
	return format, slices.Contains(Formats(), format)
}

// FormatOf returns the format in which a file of this name is written.
func FormatOf(path string) (Format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".md", ".markdown":
		return Markdown, nil
	case ".html", ".htm":
		return HTML, nil
	case ".sarif":
		return SARIF, nil
	case ".xml":
		return JUnit, nil
	}
	return "", message.Errorf(nil, "error.report-format", message.Args{"Path": path})
}
