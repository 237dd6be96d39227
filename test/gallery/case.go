package gallery

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Label is on every object of a case and on the Pods that its owners make. Its
// value is the case's ID.
const Label = "podkit.dev/case"

// Case is one manifest of the gallery. Its fields come from the comment lines
// "# Key: value" that the file starts with; a line that is indented further goes
// on with the value above it.
type Case struct {
	// ID is the file's name without .yaml.
	ID string
	// File is the manifest's path in the file system that Load was given.
	File string
	// Wrong is one sentence that says what is broken.
	Wrong string
	// Shows are the values of kubectl's STATUS column that the case's Pods take
	// once the failure is there. A crash loop has several, in turns: on 1.36
	// mostly that of its last termination, as the kubelet looks at the Pod again
	// only when the back-off ends (pkg/kubelet/pod_workers.go, completeWork), and
	// Running for a moment at each start.
	Shows []string
	// Note says what else kubectl get shows, and is empty when STATUS tells it.
	Note string
	// Why is a part of what podkit get says in its column WHY, in English; empty
	// where a Pod's own status does not tell.
	Why string
	// Finding is the id of the cause. It is the ID unless the header says otherwise.
	Finding string
	// Needs says what the cluster must have, and is empty when any cluster will do.
	Needs string
	// Then are kubectl commands that bring the failure about, after the manifest
	// is applied.
	Then []string
	// Undo are kubectl commands without which the case can't be deleted.
	Undo []string
}

// Load reads the cases of a folder, sorted by ID. An error names the file and
// what its header lacks.
func Load(fsys fs.FS) ([]Case, error) {
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the gallery: %w", err)
	}
	slices.Sort(files)
	var cases []Case
	for _, file := range files {
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading gallery case %q: %w", file, err)
		}
		c, err := parse(file, string(text))
		if err != nil {
			return nil, fmt.Errorf("reading gallery case %q: %w", file, err)
		}
		cases = append(cases, c)
	}
	return cases, nil
}

func parse(file, text string) (Case, error) {
	id := strings.TrimSuffix(file, ".yaml")
	c := Case{ID: id, File: file, Finding: id}
	for _, line := range headerLines(text) {
		key, value, found := strings.Cut(line, ": ")
		if !found {
			return Case{}, fmt.Errorf("header line %q is not of the form \"Key: value\"", line)
		}
		switch key {
		case "Wrong":
			c.Wrong = value
		case "Shows":
			status, note, _ := strings.Cut(value, "; ")
			c.Shows, c.Note = strings.Split(status, ", "), note
		case "Why":
			c.Why = value
		case "Finding":
			c.Finding = value
		case "Needs":
			c.Needs = value
		case "Then":
			c.Then = append(c.Then, value)
		case "Undo":
			c.Undo = append(c.Undo, value)
		default:
			return Case{}, fmt.Errorf("header has an unknown key %q", key)
		}
	}
	if c.Wrong == "" {
		return Case{}, fmt.Errorf("header lacks a line \"# Wrong: what is broken\"")
	}
	if len(c.Shows) == 0 {
		return Case{}, fmt.Errorf("header lacks a line \"# Shows: STATUS, STATUS\"")
	}
	return c, nil
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
