package paste

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	rendered "github.com/yuin/goldmark/renderer/html"
	"sigs.k8s.io/yaml"
)

// offered are the lines of an output that are offered for pasting. Commands stand on a line of their own or are code, and are
// no more and no less than a line. Tails are what comes after the name of a program within a sentence: the command at its end,
// and maybe more words.
type offered struct{ commands, tails map[string]bool }

// The beginnings of what can be pasted.
var (
	begins = regexp.MustCompile(`^(?:kubectl |curl |export [A-Z_'])`)
	within = regexp.MustCompile(`(?:^|[^\w/.-])((?:kubectl|curl) |export [A-Z_'])`)
	code   = regexp.MustCompile("`([^`\n]+)`")
	margin = regexp.MustCompile(`^[\s│>•*|-]+`)
)

// take adds the lines of a text.
func (o *offered) take(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		own := strings.TrimRight(margin.ReplaceAllString(line, ""), " ")
		switch {
		case begins.MatchString(own):
			o.commands[own] = true
		default:
			for _, span := range code.FindAllStringSubmatch(line, -1) {
				if begins.MatchString(span[1]) {
					o.commands[span[1]] = true
				}
			}
			if at := within.FindStringSubmatchIndex(line); at != nil {
				o.tails[strings.TrimRight(line[at[2]:], " ")] = true
			}
		}
	}
}

// takeValue adds the strings of a value of JSON or YAML.
func (o *offered) takeValue(value any) {
	switch value := value.(type) {
	case string:
		o.take(value)
	case []any:
		for _, item := range value {
			o.takeValue(item)
		}
	case map[string]any:
		for _, item := range value {
			o.takeValue(item)
		}
	}
}

// takeAs adds what is in an output of a format, as a reader of the format sees it.
func (o *offered) takeAs(t *testing.T, format string, output []byte) {
	t.Helper()
	var err error
	switch format {
	case "json", "sarif":
		var value any
		if format == "sarif" { // Its texts take [x](y) for a link and {0} for an argument, unless they are escaped.
			output = []byte(strings.NewReplacer("{{", "{", "}}", "}", `\\[`, "[", `\\]`, "]").Replace(string(output)))
		}
		err = json.Unmarshal(output, &value)
		o.takeValue(value)
	case "yaml":
		var value any
		err = yaml.Unmarshal(output, &value)
		o.takeValue(value)
	case "junit", "xml":
		err = o.takeXML(output)
	case "markdown", "md":
		var page bytes.Buffer
		err = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(rendered.WithUnsafe())).Convert(output, &page)
		o.takeHTML(page.String())
	case "html":
		o.takeHTML(string(output))
	default:
		o.take(string(output))
	}
	if err != nil {
		t.Errorf("%s cannot be read: %v", format, err)
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// takeHTML takes each text between two tags for lines of its own, so that code is one.
func (o *offered) takeHTML(page string) {
	o.take(html.UnescapeString(tag.ReplaceAllString(page, "\n")))
}

func (o *offered) takeXML(page []byte) error {
	for decoder := xml.NewDecoder(bytes.NewReader(page)); ; {
		token, err := decoder.Token()
		if token == nil {
			if err.Error() == "EOF" {
				return nil
			}
			return err
		}
		switch token := token.(type) {
		case xml.CharData:
			o.take(string(token))
		case xml.StartElement:
			for _, attribute := range token.Attr {
				o.take(attribute.Value)
			}
		}
	}
}

// read reads a line as podkit writes it, by the narrowest rules that all shells share, and says what is against them. Open is
// set when the line ends in a placeholder.
func read(line string) (words []string, open bool, fault string) {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=,@%+-"
	word, begun := "", false
	for rest := line; rest != ""; {
		switch {
		case rest[0] == ' ':
			if !begun {
				return nil, false, "two spaces side by side"
			}
			words, word, begun, rest = append(words, word), "", false, rest[1:]
			continue
		case rest[0] == '\'':
			inside, after, closed := strings.Cut(rest[1:], "'")
			if !closed || strings.Contains(inside, `\`) {
				return nil, false, "quotes that do not end, or hold a backslash"
			}
			word, rest = word+inside, after
		case strings.HasPrefix(rest, `\'`), strings.HasPrefix(rest, `\\`):
			word, rest = word+rest[1:2], rest[2:]
		case strings.HasPrefix(rest, `"$POD_NAME"`):
			word, rest = word+podName, rest[len(`"$POD_NAME"`):]
		case rest[0] == '<':
			name, after, closed := strings.Cut(rest[1:], ">")
			if !closed || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz.") != "" {
				return nil, false, "a < that opens no placeholder"
			}
			word, rest, open = word+"<"+name+">", after, true
		case !begun && strings.ContainsRune("=%", rune(rest[0])), !strings.Contains(plain, rest[:1]):
			return nil, false, "the character " + rest[:1] + " without quotes"
		default:
			word, rest = word+rest[:1], rest[1:]
		}
		begun = true
	}
	if open && !strings.HasSuffix(line, ">") {
		return nil, false, "a placeholder that is not at the end"
	}
	return append(words, word), open, ""
}

// podName is the value of the variable in the shells.
const podName = "the-pod's name"
