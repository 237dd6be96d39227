package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	yamlv3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

// What scripts read is exact in files and pipes. On a terminal it has the same meaning, but a character that is not to be seen
// is written as the format's own escape.

// WriteJSON writes a value as JSON, indented.
func WriteJSON(out io.Writer, value any, terminal Terminal) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	return writeExact(out, text.String(), terminal, seenJSON)
}

// WriteYAML writes a value as YAML.
func WriteYAML(out io.Writer, value any, terminal Terminal) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	text, err := toYAML(string(data), terminal)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, text)
	return err
}

// writeExact writes a text as it is, or for a terminal in the way that shows all of it.
func writeExact(out io.Writer, text string, terminal Terminal, seen func(string) string) error {
	if !terminal.Piped {
		text = seen(text)
	}
	_, err := io.WriteString(out, text)
	return err
}

// seenJSON returns JSON of the same meaning in which every character is seen. Outside of its strings JSON is ASCII.
func seenJSON(text string) string {
	return seenAs(text, func(r rune) string {
		if high, low := utf16.EncodeRune(r); high != '\uFFFD' {
			return fmt.Sprintf(`\u%04x\u%04x`, high, low)
		}
		return fmt.Sprintf(`\u%04x`, r)
	})
}

func seenAs(text string, name func(rune) string) string {
	if isPlain(text) {
		return text
	}
	var seen strings.Builder
	(&neutraliser{name: name}).write(&seen, text, false)
	return seen.String()
}

// toYAML turns JSON into YAML. sigs.k8s.io/yaml does it by reading the JSON as YAML, which may not hold control characters but
// as escapes, and takes U+0085 for a line end.
func toYAML(text string, terminal Terminal) (string, error) {
	data, err := yaml.JSONToYAML([]byte(escapeQuoted(text)))
	if err != nil || terminal.Piped {
		return string(data), err
	}
	return seenYAML(string(data))
}

// seenYAML returns YAML of the same meaning in which every character is seen. Only quoted texts have escapes, so those that
// need them are quoted.
func seenYAML(text string) (string, error) {
	if isSeenAsIs(text) {
		return text, nil
	}
	var quoted bytes.Buffer
	encoder := yamlv3.NewEncoder(&quoted)
	encoder.SetIndent(2)
	encoder.CompactSeqIndent()
	for decoder := yamlv3.NewDecoder(strings.NewReader(text)); ; {
		var document yamlv3.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			quoteUnseen(&document)
			err = encoder.Encode(&document)
		}
		if err != nil {
			return "", err
		}
	}
	if err := encoder.Close(); err != nil {
		return "", err
	}
	return escapeQuoted(quoted.String()), nil
}

// escapeQuoted escapes what is not to be seen, which stands in quoted texts alone.
func escapeQuoted(text string) string {
	return seenAs(text, func(r rune) string {
		if r > 0xffff {
			return fmt.Sprintf(`\U%08X`, r)
		}
		return fmt.Sprintf(`\u%04X`, r)
	})
}

func isSeenAsIs(text string) bool { return Escape(text) == text }

// quoteUnseen has the scalars quoted that hold what is not to be seen.
func quoteUnseen(node *yamlv3.Node) {
	if node.Kind == yamlv3.ScalarNode && !isSeenAsIs(node.Value) {
		node.Style = yamlv3.DoubleQuotedStyle
	}
	for _, child := range node.Content {
		quoteUnseen(child)
	}
}
