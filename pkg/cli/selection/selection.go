// Package selection is the flags with which a command's pods are selected (-A, -l, --field-selector, -f) and what they
// mean together with the arguments. Every command that takes pods shares it, so that they all read alike.
package selection

import (
	"cmp"
	"os"
	"strings"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/cli-runtime/pkg/resource"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Selectors are the selecting flags as typed, without -f: commands that have another -f take these alone.
type Selectors struct {
	AllNamespaces bool
	Labels        string
	Fields        string
}

// AddFlags registers the flags under kubectl's names.
func (s *Selectors) AddFlags(flags *pflag.FlagSet) {
	flags.BoolVarP(&s.AllNamespaces, "all-namespaces", "A", false, "Look in all namespaces; -n is ignored then")
	flags.StringVarP(&s.Labels, "selector", "l", "", "Label selector, for example -l app=web,tier!=db")
	flags.StringVar(&s.Fields, "field-selector", "", "Field selector, for example --field-selector spec.nodeName=node1")
}

// ToSpec returns what the flags and arguments ask for.
func (s *Selectors) ToSpec(env *environment.Environment, args []string) (target.Spec, error) {
	names, err := target.Parse(args)
	if err != nil {
		return target.Spec{}, err
	}
	namespace, err := env.Namespace()
	if err != nil {
		return target.Spec{}, err
	}
	if s.AllNamespaces {
		namespace = ""
	}
	return target.Spec{Names: names, Namespace: namespace, Labels: s.Labels, Fields: s.Fields}, nil
}

// Flags are the selecting flags as typed, with the manifests of -f.
type Flags struct {
	Selectors
	resource.FilenameOptions
}

// AddFlags registers the flags under kubectl's names.
func (f *Flags) AddFlags(flags *pflag.FlagSet) {
	f.Selectors.AddFlags(flags)
	flags.StringSliceVarP(&f.Filenames, "filename", "f", nil, "Files, directories or URLs of manifests whose objects are meant")
	flags.BoolVarP(&f.Recursive, "recursive", "R", false, "Go into the subdirectories of -f")
}

// ToSpec returns what the flags and arguments ask for.
func (f *Flags) ToSpec(env *environment.Environment, args []string) (target.Spec, error) {
	spec, err := f.Selectors.ToSpec(env, args)
	if err != nil || len(f.Filenames) == 0 {
		return spec, err
	}
	// Objects without a namespace are in that of -n, even with -A.
	namespace, err := env.Namespace()
	if err != nil {
		return target.Spec{}, err
	}
	inFiles, err := f.names(env, namespace)
	spec.Names = append(spec.Names, inFiles...)
	return spec, err
}

// mostRead bounds one file of -f.
const mostRead = 16 << 20

// open opens what is one file, so that its reading is bounded and can be interrupted. Directories, patterns and URLs are
// kubectl's to read, and nil here.
func (f *Flags) open(env *environment.Environment, name string) (*input.Opened, error) {
	if info, err := os.Stat(name); !input.IsStdin(name) && (err != nil || info.IsDir()) {
		return nil, nil //nolint:nilerr // What is not there is kubectl's to tell.
	}
	return env.Files().Stream(env.Context, name)
}

// names reads the names of the objects in the files of -f; the objects themselves are read from the cluster.
func (f *Flags) names(env *environment.Environment, namespace string) ([]target.Name, error) {
	// A local builder asks no server, so all it knows of a type is its kind, which is a singular name of the resource; it
	// does not know which types have a namespace either, so it fills in none.
	builder := resource.NewLocalBuilder().Unstructured()
	for _, name := range f.Filenames {
		file, err := f.open(env, name)
		if err != nil {
			return nil, input.Explain(err, "error.filename", nil)
		}
		if file == nil {
			builder.FilenameParam(false, &resource.FilenameOptions{Filenames: []string{name}, Recursive: f.Recursive})
			continue
		}
		defer file.Close()
		builder.Stream(input.Bounded(file, name, mostRead), name)
	}
	infos, err := builder.Flatten().Do().Infos()
	if err != nil {
		return nil, input.Explain(err, "error.filename", nil)
	}
	names := make([]target.Name, 0, len(infos))
	for _, info := range infos {
		kind := info.Object.GetObjectKind().GroupVersionKind()
		name := target.Name{Namespace: cmp.Or(info.Namespace, namespace), Name: info.Name}
		if kind.Group != "" || kind.Kind != "Pod" {
			name.Resource = schema.GroupResource{Group: kind.Group, Resource: strings.ToLower(kind.Kind)}.String()
		}
		names = append(names, name)
	}
	return names, nil
}
