package target

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Name is one object as the user named it.
type Name struct {
	// Resource is the TYPE as it was typed ("deploy", "svc", "jobs.batch"); empty means pods.
	Resource string
	// Namespace is set when the object brings its own, as those of -f do.
	Namespace string
	Name      string
}

// String is the name as kubectl takes it: "deploy/web", or "web" for a pod.
func (n Name) String() string {
	if n.Resource == "" {
		return n.Name
	}
	return n.Resource + "/" + n.Name
}

// IsPodType reports whether a TYPE means pods, in any of the spellings that kubectl takes.
func IsPodType(resource string) bool {
	switch strings.ToLower(resource) {
	case "", "po", "pod", "pods", "pods.v1.", "pod.v1.":
		return true
	}
	return false
}

// Parse reads arguments as kubectl does: NAME... (pods), TYPE/NAME..., or TYPE NAME... when the first is a type of
// pods. "pods" alone asks for all of them and yields no names. An empty argument, as an unset variable of a shell yields,
// is refused: it must not ask for everything.
func Parse(args []string) ([]Name, error) {
	if len(args) > 0 && args[0] != "" && !strings.Contains(args[0], "/") && IsPodType(args[0]) {
		args = args[1:]
	}
	names := make([]Name, 0, len(args))
	for _, arg := range args {
		name, err := parseOne(arg)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func parseOne(arg string) (Name, error) {
	resource, name, typed := strings.Cut(arg, "/")
	if !typed {
		resource, name = "", arg
	}
	if name == "" || typed && resource == "" || strings.Contains(name, "/") {
		return Name{}, message.Errorf(nil, "error.target-syntax", message.Args{"Argument": arg})
	}
	if IsPodType(resource) {
		resource = ""
	}
	return Name{Resource: resource, Name: name}, nil
}
