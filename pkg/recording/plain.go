package recording

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"time"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// plain gathers objects from files that tell nothing but objects.
type plain struct {
	limits Limits
	meter  meter
	// file, at and item say where the reading is: in which document, from 1, and in which item of its list, from 0.
	file     string
	at, item int
	found    *Recording
	count    int
	// kinds are the resources that were met; builtIn are those that are not guessed.
	kinds   map[schema.GroupVersionResource]Resource
	builtIn []Resource
}

func newPlain(ctx context.Context, limits Limits) *plain {
	return &plain{
		limits: limits, meter: meter{ctx, limits.Memory}, builtIn: BuiltIn(), kinds: map[schema.GroupVersionResource]Resource{},
		found: &Recording{objects: map[schema.GroupVersionResource][]Object{}, logs: map[LogKey]LogTail{}},
	}
}

// chunk is how much of a file is read at a time.
const chunk = 64 << 10

// read takes in the documents of a file.
func (p *plain) read(r io.Reader) error {
	in := bufio.NewReaderSize(r, chunk)
	begin, err := in.Peek(chunk)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !isJSON(begin) {
		return p.yaml(in)
	}
	rest, err := p.jsons(in)
	if err != nil || rest == nil {
		return err
	}
	return p.yaml(rest)
}

// object takes in one object. The items of a list of one kind do not repeat it.
func (p *plain) object(version, kind string, raw []byte, complete bool) error {
	if p.count++; p.count > p.limits.Objects {
		return errLimit
	}
	object, content, err := parseObject(raw, p.limits)
	if err != nil {
		return damaged{p.where(), err}
	}
	if own := text(content, "kind"); own != "" && text(content, "apiVersion") != "" {
		version, kind = text(content, "apiVersion"), own
	}
	if kind == "Secret" {
		if object.Raw, err = withoutData(content); err != nil {
			return damaged{p.where(), err}
		}
	}
	resource, known := p.kindNamed(version, kind)
	if !known {
		if resource, err = guess(version, kind, object.Namespace != ""); err != nil {
			return err
		}
	}
	if err := first(check("kind", kind, isKind), checkVersion("apiVersion", version), checkObject(resource.GVR().GroupResource(), object, content)); err != nil {
		return located(p.where(), kind, err)
	}
	if err := p.meter.take(costOf(resource.GVR().GroupResource(), object, content)); err != nil {
		return err
	}
	if complete {
		p.complete(resource)
	}
	p.kinds[resource.GVR()] = resource
	p.found.objects[resource.GVR()] = append(p.found.objects[resource.GVR()], object)
	return nil
}

// withoutData drops what a Secret holds; who keeps Secrets in a file had better not.
func withoutData(content map[string]any) ([]byte, error) {
	delete(content, "data")
	delete(content, "stringData")
	if metadata, ok := content["metadata"].(map[string]any); ok {
		delete(metadata, "annotations") // kubectl's last-applied repeats the data.
		delete(metadata, "managedFields")
	}
	return marshal(content)
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
	if len(p.kinds) == 0 && p.at > 0 {
		return nil, message.Errorf(nil, "recording.empty", nil)
	}
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
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
