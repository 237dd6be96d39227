package server

import (
	"encoding/json"
	"strconv"
	"sync"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

type shelfKey = schema.GroupVersionResource

// shelf holds the objects of a resource, made ready for selecting when somebody first asks.
type shelf struct {
	fill  func() []item
	items []item
	once  sync.Once
}

// item is an object and what selectors look at.
type item struct {
	recording.Object
	labels labels.Set
	fields fields.Set
}

func newShelves(r *recording.Recording) map[shelfKey]*shelf {
	shelves := map[shelfKey]*shelf{}
	for i := range r.Resources {
		gvr := r.Resources[i].GVR()
		shelves[gvr] = &shelf{fill: func() []item {
			objects := r.Objects(gvr)
			items := make([]item, len(objects))
			for i, object := range objects {
				items[i] = newItem(object, gvr)
			}
			return items
		}}
	}
	return shelves
}

// all returns the items of a resource.
func (s *server) all(gvr schema.GroupVersionResource) []item {
	shelf := s.shelves[gvr]
	if shelf == nil {
		return nil
	}
	shelf.once.Do(func() { shelf.items = shelf.fill() })
	return shelf.items
}

// newItem reads what selectors look at. A field of another type than it should be selects nothing.
func newItem(object recording.Object, gvr schema.GroupVersionResource) item {
	var meta struct {
		Metadata struct {
			Labels map[string]string `json:"labels"`
		} `json:"metadata"`
	}
	_ = json.Unmarshal(object.Raw, &meta) // See above.
	return item{Object: object, labels: meta.Metadata.Labels, fields: fieldsOf(object, gvr)}
}

// revisionOf is the highest resourceVersion of all objects: what a server answers whose last change that was.
func revisionOf(r *recording.Recording) string {
	highest := uint64(1)
	for i := range r.Resources {
		for _, object := range r.Objects(r.Resources[i].GVR()) {
			if version, err := strconv.ParseUint(object.Revision, 10, 64); err == nil {
				highest = max(highest, version)
			}
		}
	}
	return strconv.FormatUint(highest, 10)
}
