package recording

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/yaml"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// plain gathers objects from files that tell nothing but objects.
type plain struct {
	limits Limits
	found  *Recording
	count  int
	// kinds are the resources that were met; builtIn are those that are not guessed.
	kinds   map[schema.GroupVersionResource]Resource
	builtIn []Resource
}

func newPlain(limits Limits) *plain {
	return &plain{
		limits: limits, builtIn: BuiltIn(), kinds: map[schema.GroupVersionResource]Resource{},
		found: &Recording{objects: map[schema.GroupVersionResource][]Object{}, logs: map[LogKey]LogTail{}},
	}
}

// document is what a document may be: an object, or a list of them.
type document struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Items      []json.RawMessage `json:"items"`
	Metadata   struct {
		Name string `json:"name"`
	} `json:"metadata"`
}

// read takes in the documents of a file.
func (p *plain) read(r io.Reader) error {
	decoder := yaml.NewYAMLOrJSONDecoder(r, 4096)
	for {
		var raw runtime.RawExtension
		err := decoder.Decode(&raw)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, errLimit) {
			return err
		}
		if err != nil {
			return message.Errorf(err, "recording.foreign", nil)
		}
		if len(raw.Raw) == 0 || string(raw.Raw) == "null" {
			continue
		}
		if err := p.document(raw.Raw); err != nil {
			return err
		}
	}
}

// document takes in one document.
func (p *plain) document(raw []byte) error {
	if deeper(raw, p.limits.Depth) {
		return damaged{"a document", errors.New("it is nested too deep")}
	}
	var d document
	if err := json.Unmarshal(raw, &d); err != nil || d.Kind == "" || d.APIVersion == "" {
		return message.Errorf(err, "recording.foreign", nil)
	}
	kind, isList := strings.CutSuffix(d.Kind, "List")
	if !isList || d.Metadata.Name != "" { // The items of an empty list may be null.
		return p.object(d.APIVersion, d.Kind, raw, d.Kind == "Pod")
	}
	if known, found := p.kindNamed(d.APIVersion, kind); found {
		p.complete(known) // A list of a kind may be empty.
	}
	for _, item := range d.Items {
		if err := p.object(d.APIVersion, kind, item, true); err != nil {
			return err
		}
	}
	return nil
}

// object takes in one object. The items of a list of one kind do not repeat it.
func (p *plain) object(version, kind string, raw []byte, complete bool) error {
	if p.count++; p.count > p.limits.Objects {
		return errLimit
	}
	object, err := parseObject(raw, p.limits.Depth)
	if err != nil {
		return damaged{"an object", err}
	}
	var own document
	if err := json.Unmarshal(raw, &own); err != nil {
		return damaged{"an object", err}
	}
	if own.Kind != "" && own.APIVersion != "" {
		version, kind = own.APIVersion, own.Kind
	}
	if kind == "Secret" {
		if object, err = withoutData(object); err != nil {
			return err
		}
	}
	resource, known := p.kindNamed(version, kind)
	if !known {
		if resource, err = guess(version, kind, object.Namespace != ""); err != nil {
			return err
		}
	}
	if complete {
		p.complete(resource)
	}
	p.kinds[resource.GVR()] = resource
	p.found.objects[resource.GVR()] = append(p.found.objects[resource.GVR()], object)
	return nil
}

// withoutData drops what a Secret holds; who keeps Secrets in a file had better not.
func withoutData(object Object) (Object, error) {
	var content map[string]any
	if err := json.Unmarshal(object.Raw, &content); err != nil {
		return object, damaged{"an object", err}
	}
	delete(content, "data")
	delete(content, "stringData")
	if metadata, ok := content["metadata"].(map[string]any); ok {
		delete(metadata, "annotations") // kubectl's last-applied repeats the data.
		delete(metadata, "managedFields")
	}
	raw, err := marshal(content)
	object.Raw = raw
	return object, err
}

// complete takes a list of a kind for all that there was of it.
func (p *plain) complete(resource Resource) {
	p.kinds[resource.GVR()] = resource
	listing := Listing{Group: resource.Group, Version: resource.Version, Resource: resource.Name}
	if !slices.Contains(p.found.listings, listing) {
		p.found.listings = append(p.found.listings, listing)
	}
}

// met reports whether a resource was met in any version: the others need not be there.
func (p *plain) met(resource Resource) bool {
	for gvr := range p.kinds {
		if gvr.GroupResource() == resource.GVR().GroupResource() {
			return true
		}
	}
	return false
}

// recording ends the gathering.
func (p *plain) recording(takenAt time.Time) (*Recording, error) {
	if len(p.kinds) == 0 {
		return nil, message.Errorf(nil, "recording.foreign", nil)
	}
	for _, resource := range p.builtIn { // Every server has them: the file only does not tell of their objects.
		if !p.met(resource) {
			resource.Categories = nil // `kubectl get all` means all that the file tells of.
			p.kinds[resource.GVR()] = resource
		}
	}
	for _, resource := range p.kinds {
		p.found.Resources = append(p.found.Resources, resource)
	}
	p.found.settle()
	namespaces := map[string]bool{}
	for _, object := range p.found.objects[schema.GroupVersionResource{Version: "v1", Resource: "pods"}] {
		namespaces[object.Namespace] = true
	}
	if len(namespaces) == 1 { // Whoever looks at pods of one namespace means that.
		for namespace := range namespaces {
			p.found.Header.Namespace = namespace
		}
	}
	p.found.Header.TakenAt = takenAt.UTC()
	p.found.Header.Scope.All = true
	return p.found, nil
}

// reason is an error without the path that it is about.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
