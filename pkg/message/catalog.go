package message

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

//go:embed catalog/*.yaml
var files embed.FS

// Args are the named arguments of a message. "Count", an int, chooses the plural form of a message that has several.
type Args map[string]any

// Catalog is every message in one language. It is immutable and safe for concurrent use.
type Catalog struct {
	language  Language
	localizer *i18n.Localizer
	templates *templates
}

// bundles read the files of a language, once a process and when it is first spoken: most commands speak one.
var bundles = func() map[Language]func() (*i18n.Bundle, error) {
	all := map[Language]func() (*i18n.Bundle, error){}
	for _, lang := range Languages() {
		all[lang] = sync.OnceValues(func() (*i18n.Bundle, error) { return load(lang) })
	}
	return all
}()

// load reads the embedded files of a language. They are part of the binary, so an error is a broken build.
func load(lang Language) (*i18n.Bundle, error) {
	b := i18n.NewBundle(language.Make(string(lang)))
	b.RegisterUnmarshalFunc("yaml", func(data []byte, v any) error { return yaml.Unmarshal(data, v) })
	paths, err := fs.Glob(files, "catalog/*."+string(lang)+".yaml")
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if _, err := b.LoadMessageFileFS(files, path); err != nil {
			return nil, fmt.Errorf("reading the message catalogue %s: %w", path, err)
		}
	}
	return b, nil
}

// NewCatalog returns the messages in a language, one of Languages.
func NewCatalog(lang Language) (*Catalog, error) {
	read, known := bundles[lang]
	if !known {
		return nil, fmt.Errorf("there is no message catalogue in %q", lang)
	}
	b, err := read()
	if err != nil {
		return nil, err
	}
	c := &Catalog{language: lang, localizer: i18n.NewLocalizer(b, string(lang))}
	c.templates = newTemplates(c)
	return c, nil
}

// Language is the language of the catalogue's texts.
func (c *Catalog) Language() Language { return c.language }

// translated are arguments of which those that are failures themselves are told in the catalogue's language, and commands as
// lines that can be pasted.
func (c *Catalog) translated(args Args) map[string]any {
	told := make(map[string]any, len(args))
	for name, value := range args {
		switch made := value.(type) {
		case *Error:
			value = c.Text(made.ID, made.Args)
		case shellword.Command:
			value = c.Command(made)
		}
		told[name] = value
	}
	return told
}

// Text returns the message id with its arguments filled in. An id that is not in the catalogue yields the id in
// brackets, so that a user still sees something to report; a test over the sources keeps that from happening.
// Arguments are inserted as they are: whatever came from a cluster must be neutralised where it is printed.
func (c *Catalog) Text(id string, args ...Args) string {
	config := &i18n.LocalizeConfig{MessageID: id, TemplateParser: c.templates}
	if len(args) > 0 {
		config.TemplateData = c.translated(args[0])
		if count, ok := args[0]["Count"]; ok {
			config.PluralCount = count
		}
	}
	text, err := c.localizer.Localize(config)
	if err != nil {
		return "[" + id + "]"
	}
	return text
}
