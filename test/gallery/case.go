package gallery

import (
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// Label is on every object of a case and on the Pods that its owners make. Its
// value is the case's ID.
const Label = "podkit.dev/case"

// None is what Shows, Finding and Meanwhile say instead of a STATUS or an id.
const None = "none"

// Case is one manifest of the gallery. Its fields come from the comment lines
// "# Key: value" that the file starts with; a line that is indented further goes
// on with the value above it.
type Case struct {
	// ID is the file's name without .yaml.
	ID string
	// File is the manifest's path in the file system that Load was given.
	File string
	// Wrong is one sentence that says what is broken. It is empty when nothing is,
	// and then Well says what looks bad and is not.
	Wrong, Well string
	// Shows are the values of kubectl's STATUS column that the case's Pods take
	// once the failure is there; None alone when there are no Pods. A crash loop
	// has several, in turns: on 1.36 mostly that of its last termination, as the
	// kubelet looks at the Pod again only when the back-off ends
	// (pkg/kubelet/pod_workers.go, completeWork), and Running for a moment at each
	// start.
	Shows []string
	// Note says what else kubectl get shows, and is empty when STATUS tells it.
	Note string
	// Why is a part of what podkit get says in its column WHY, in English; empty
	// where a Pod's own status does not tell.
	Why string
	// Finding is the id of the root cause. It is the ID unless the header says
	// otherwise, None when nothing is broken yet, and empty for a case that is well.
	Finding string
	// Meanwhile is what podkit finds as long as it does not know the cause; empty
	// when it does.
	Meanwhile string
	// Verdicts are those that the worst Pod may have; of a case that is well, any Pod.
	Verdicts []string
	// Object is the kind and name of what the root cause is about; empty when that
	// is a Pod.
	Object string
	// Says are words that the root cause must say, in its sentence or its evidence.
	// The first are the words that tell a reader the cause.
	Says []string
	// Also are ids that must be among the findings, beside the root cause.
	Also []string
	// Never are ids and words that must not be anywhere in the findings.
	Never []string
	// Group is how many replicas must be found to share the cause; 0 asks nothing.
	Group int
	// Within is how long it may take until the cause is found.
	Within time.Duration
	// Needs says what the cluster must have, and is empty when any cluster will do.
	Needs string
	// Then are shell commands that bring the failure about, after the manifest is
	// applied. Their kubectl has the case's namespace.
	Then []string
	// Undo are shell commands without which the case can't be deleted.
	Undo []string
}

// Want is the id of the root cause that must come out, or None.
func (c *Case) Want() string {
	switch {
	case c.Well != "":
		return None
	case c.Meanwhile != "":
		return c.Meanwhile
	}
	return c.Finding
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
