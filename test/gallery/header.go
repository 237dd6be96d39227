package gallery

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// within is how long a case may take whose header does not say. It is for a
// machine that is busy with twenty others.
const within = 90 * time.Second

// parse reads a manifest's header.
func parse(file, text string) (Case, error) {
	c := Case{ID: strings.TrimSuffix(file, ".yaml"), File: file, Within: within}
	for _, line := range headerLines(text) {
		key, value, found := strings.Cut(line, ": ")
		if !found {
			return Case{}, fmt.Errorf("header line %q is not of the form \"Key: value\"", line)
		}
		if err := c.set(key, value); err != nil {
			return Case{}, err
		}
	}
	return c, c.complete()
}

// set takes over a line of the header.
func (c *Case) set(key, value string) (err error) {
	switch key {
	case "Wrong":
		c.Wrong = value
	case "Well":
		c.Well = value
	case "Shows":
		status, note, _ := strings.Cut(value, "; ")
		c.Shows, c.Note = strings.Split(status, ", "), note
	case "Why":
		c.Why = value
	case "Finding":
		c.Finding = value
	case "Meanwhile":
		c.Meanwhile = value
	case "Verdict":
		c.Verdicts = strings.Split(value, ", ")
	case "Object":
		c.Object = value
	case "Says":
		c.Says = append(c.Says, value)
	case "Also":
		c.Also = strings.Split(value, ", ")
	case "Never":
		c.Never = strings.Split(value, ", ")
	case "Group":
		c.Group, err = strconv.Atoi(value)
	case "Within":
		c.Within, err = time.ParseDuration(value)
	case "Needs":
		c.Needs = value
	case "Then":
		c.Then = append(c.Then, value)
	case "Undo":
		c.Undo = append(c.Undo, value)
	default:
		return fmt.Errorf("header has an unknown key %q", key)
	}
	return err
}

// complete fills in what the header leaves out, and says what it may not.
func (c *Case) complete() error {
	if (c.Wrong == "") == (c.Well == "") {
		return errors.New(`header must have one of "# Wrong: what is broken" and "# Well: what looks bad and is not"`)
	}
	if len(c.Shows) == 0 {
		return errors.New(`header lacks a line "# Shows: STATUS, STATUS"`)
	}
	if c.Well != "" && c.Finding+c.Meanwhile+c.Object != "" {
		return errors.New("header has a line about a root cause, and nothing is wrong")
	}
	if c.Wrong != "" && c.Finding == "" {
		c.Finding = c.ID
	}
	if len(c.Verdicts) == 0 {
		c.Verdicts = []string{"Failing"}
		if c.Well != "" {
			c.Verdicts = []string{"Healthy"}
		}
	}
	return nil
}

// headerLines gives the comment lines at the top, with continued lines joined.
func headerLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		comment, found := strings.CutPrefix(strings.TrimRight(line, "\n"), "# ")
		if !found {
			break
		}
		if rest, more := strings.CutPrefix(comment, "  "); more && len(lines) > 0 {
			lines[len(lines)-1] += " " + strings.TrimSpace(rest)
			continue
		}
		lines = append(lines, comment)
	}
	return lines
}
