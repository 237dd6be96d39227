package workflow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// decoder reads a document into values, strictly, and remembers where everything stands: places holds the position of
// each path, such as steps[2].means[0].when.
type decoder struct {
	places   map[string]Position
	problems Problems
}

// sizeLimit bounds a document, so that reading one costs little whoever wrote it.
const sizeLimit = 1 << 20

// read decodes the one document that data must hold.
func (d *decoder) read(data []byte, into any) {
	d.places = map[string]Position{}
	if len(data) > sizeLimit {
		d.failAt(Position{Line: 1, Column: 1}, "workflow.lint.size", message.Args{"Limit": "1 MiB"})
		return
	}
	var document, more yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(data))
	if err := documents.Decode(&document); err != nil {
		d.failAt(syntaxPosition(err), "workflow.lint.yaml", message.Args{"Cause": strings.TrimPrefix(err.Error(), "yaml: ")})
		return
	}
	if err := documents.Decode(&more); !errors.Is(err, io.EOF) {
		d.failAt(Position{Line: max(more.Line, 1), Column: max(more.Column, 1)}, "workflow.lint.documents", nil)
	}
	d.value(document.Content[0], reflect.ValueOf(into).Elem(), "")
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// syntaxPosition is the line that the YAML parser complains of.
func syntaxPosition(err error) Position {
	at := Position{Line: 1, Column: 1}
	if found := yamlLine.FindStringSubmatch(err.Error()); found != nil {
		at.Line, _ = strconv.Atoi(found[1]) // Digits only.
	}
	return at
}

// failAt notes a problem.
func (d *decoder) failAt(at Position, id string, args message.Args) {
	d.problems = append(d.problems, Problem{at, message.Errorf(nil, id, args)})
}

// value decodes a node into a value of its own kind.
func (d *decoder) value(node *yaml.Node, into reflect.Value, path string) {
	at := Position{Line: node.Line, Column: node.Column}
	if node.Style == yaml.DoubleQuotedStyle || node.Style == yaml.SingleQuotedStyle {
		at.inside = 1
	}
	d.places[path] = at
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(node, into.Elem(), path)
	case reflect.Struct:
		d.fields(node, into, path)
	case reflect.Map:
		into.Set(reflect.MakeMap(into.Type()))
		d.pairs(node, path, func(key, value *yaml.Node) {
			element := reflect.New(into.Type().Elem()).Elem()
			d.value(value, element, path+"."+key.Value)
			into.SetMapIndex(reflect.ValueOf(key.Value), element)
		})
	case reflect.Slice:
		if d.kind(node, yaml.SequenceNode, "workflow.lint.list", path) {
			for i, item := range node.Content {
				element := reflect.New(into.Type().Elem()).Elem()
				d.value(item, element, fmt.Sprintf("%s[%d]", path, i))
				into.Set(reflect.Append(into, element))
			}
		}
	case reflect.Int:
		number, err := strconv.Atoi(node.Value)
		if err != nil || node.Kind != yaml.ScalarNode {
			d.failAt(at, "workflow.lint.number", message.Args{"Field": path})
		}
		into.SetInt(int64(number))
	default:
		if d.kind(node, yaml.ScalarNode, "workflow.lint.text", path) {
			into.SetString(node.Value)
		}
	}
}

// kind checks that a node is of a kind; an empty text is none.
func (d *decoder) kind(node *yaml.Node, kind yaml.Kind, id, path string) bool {
	if node.Kind == kind && node.Tag != "!!null" {
		return true
	}
	d.failAt(Position{Line: node.Line, Column: node.Column}, id, message.Args{"Field": path})
	return false
}

// pairs calls visit for each key of a mapping.
func (d *decoder) pairs(node *yaml.Node, path string, visit func(key, value *yaml.Node)) {
	if !d.kind(node, yaml.MappingNode, "workflow.lint.mapping", path) {
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if seen[key.Value] {
			d.failAt(Position{Line: key.Line, Column: key.Column}, "workflow.lint.twice", message.Args{"Field": key.Value})
			continue
		}
		seen[key.Value] = true
		visit(key, node.Content[i+1])
	}
}

// fields decodes a mapping into a struct; a key that is no field is a problem.
func (d *decoder) fields(node *yaml.Node, into reflect.Value, path string) {
	known := map[string]int{}
	var names []string
	for i := range into.NumField() {
		if name, _, _ := strings.Cut(into.Type().Field(i).Tag.Get("json"), ","); name != "" {
			known[name] = i
			names = append(names, name)
		}
	}
	slices.Sort(names)
	d.pairs(node, path, func(key, value *yaml.Node) {
		field, ok := known[key.Value]
		if !ok {
			d.failAt(Position{Line: key.Line, Column: key.Column}, "workflow.lint.field", message.Args{
				"Field": key.Value, "Fields": strings.Join(names, ", "),
			})
			return
		}
		d.value(value, into.Field(field), strings.TrimPrefix(path+"."+key.Value, "."))
	})
}
