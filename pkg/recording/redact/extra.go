package redact

import (
	"bufio"
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Extra is a pattern of the user's own. What its first group matches is the secret, else all that it matches.
type Extra struct {
	// Name is its rule in placeholders and in the report; "extra" when the user gave none.
	Name string
	re   *regexp.Regexp
}

// extraName is what a rule may be called, so that a placeholder stays one.
var extraName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (e Extra) pattern() pattern {
	return pattern{rule: e.Name, re: e.re, group: min(e.re.NumSubexp(), 1)}
}

// ReadExtra reads patterns: one regular expression a line, with # for comments, or, in a file whose name ends in .yaml or
// .yml, a list of expressions and of {name, pattern}. An error names the file and the line.
func ReadExtra(file string, text []byte) ([]Extra, error) {
	if strings.HasSuffix(file, ".yaml") || strings.HasSuffix(file, ".yml") {
		return readYAML(file, text)
	}
	var all []Extra
	lines := bufio.NewScanner(bytes.NewReader(text))
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		extra, err := newExtra("", line)
		if err != nil {
			return nil, badExtra(err, file, number)
		}
		all = append(all, extra)
	}
	if err := lines.Err(); err != nil {
		return nil, badExtra(err, file, 1)
	}
	return all, nil
}

func readYAML(file string, text []byte) ([]Extra, error) {
	var entries []yaml.Node
	if err := yaml.Unmarshal(text, &entries); err != nil {
		return nil, badExtra(err, file, 1)
	}
	var all []Extra
	for i := range entries {
		node := &entries[i]
		var typed struct {
			Name    string `yaml:"name"`
			Pattern string `yaml:"pattern"`
		}
		var err error
		if node.Kind == yaml.ScalarNode {
			typed.Pattern = node.Value
		} else {
			err = node.Decode(&typed)
		}
		if err != nil {
			return nil, badExtra(err, file, node.Line)
		}
		extra, err := newExtra(typed.Name, typed.Pattern)
		if err != nil {
			return nil, badExtra(err, file, node.Line)
		}
		all = append(all, extra)
	}
	return all, nil
}

func newExtra(name, expression string) (Extra, error) {
	if name == "" {
		name = "extra"
	}
	if !extraName.MatchString(name) {
		return Extra{}, fmt.Errorf("the name %q is not made of a-z, 0-9 and -", name)
	}
	re, err := regexp.Compile(expression)
	if err != nil {
		return Extra{}, err
	}
	if re.MatchString("") {
		return Extra{}, fmt.Errorf("the pattern %q matches nothing at all, which is everywhere", expression)
	}
	return Extra{Name: name, re: re}, nil
}

func badExtra(err error, file string, line int) error {
	return message.Errorf(err, "capture.bad-pattern", message.Args{"File": file, "Line": line, "Cause": err.Error()})
}
