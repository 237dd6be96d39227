package capture

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// list is a page of a list, which is read as a stream: one object at a time is in memory.
type list struct {
	of       recording.Resource
	kind     metav1.TypeMeta
	metadata metav1.ListMeta
	objects  int
	listed   bool // Set when there were items, or the place for them.
}

// read reads the page to its end. What is no list of the resource is an error, which may come after its objects when the
// list says last what it is.
func (l *list) read(body io.Reader, each func(map[string]any) error) error {
	decoder := json.NewDecoder(body)
	decoder.UseNumber()
	if err := delimiter(decoder, '{'); err != nil {
		return err
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return unread(err)
		}
		if err := l.field(key, decoder, each); err != nil {
			return err
		}
	}
	// A page that ends before this was cut.
	if err := delimiter(decoder, '}'); err != nil {
		return err
	}
	if err := l.check(); err != nil {
		return err
	}
	if !l.listed {
		return cluster.OtherKind(l.kind.Kind+" without items", l.of.Kind+"List")
	}
	return nil
}

// field reads one field of the list.
func (l *list) field(key json.Token, decoder *json.Decoder, each func(map[string]any) error) error {
	switch key {
	case "kind":
		return unread(decoder.Decode(&l.kind.Kind))
	case "apiVersion":
		return unread(decoder.Decode(&l.kind.APIVersion))
	case "metadata":
		return unread(decoder.Decode(&l.metadata))
	case "items":
		if l.kind.Kind != "" && l.kind.APIVersion != "" {
			if err := l.check(); err != nil {
				return err
			}
		}
		l.listed = true
		return l.items(decoder, each)
	}
	var other json.RawMessage
	return unread(decoder.Decode(&other))
}

// check holds the list to what was asked for. Lists of custom resources may be called anything.
func (l *list) check() error {
	custom := strings.Contains(l.of.Group, ".") && !strings.HasSuffix(l.of.Group, ".k8s.io") && l.kind.Kind != ""
	switch {
	case isSecret(l.of) && l.kind.Kind == "PartialObjectMetadataList" && strings.HasPrefix(l.kind.APIVersion, "meta.k8s.io/"):
		return nil
	case l.kind.APIVersion == versionOf(l.of) && (l.kind.Kind == l.of.Kind+"List" || custom):
		return nil
	}
	return cluster.OtherKind(l.kind.Kind, l.of.Kind+"List")
}

// items reads the objects of a list, which is null when it is empty.
func (l *list) items(decoder *json.Decoder, each func(map[string]any) error) error {
	open, err := decoder.Token()
	if err != nil {
		return unread(err)
	}
	if open == nil {
		return nil
	}
	if open != json.Delim('[') {
		return unread(fmt.Errorf("items are %v", open))
	}
	for decoder.More() {
		var object map[string]any
		if err := decoder.Decode(&object); err != nil {
			return unread(err)
		}
		if kind, told := object["kind"]; object == nil || told && kind != l.of.Kind && (!isSecret(l.of) || kind != "PartialObjectMetadata") {
			return cluster.OtherKind(fmt.Sprint("list of ", kind), l.of.Kind+"List")
		}
		l.objects++
		if err := each(object); err != nil {
			return err
		}
	}
	return delimiter(decoder, ']')
}

// delimiter reads one, and nothing else.
func delimiter(decoder *json.Decoder, want json.Delim) error {
	token, err := decoder.Token()
	if err == nil && token != want {
		err = fmt.Errorf("%v where %v should be", token, want)
	}
	return unread(err)
}

// unread says that a list could not be read; an answer that ends too early is one that was cut.
func unread(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("reading a list: %w", err)
}

// isSecret reports whether no more than the metadata of a resource is asked for.
func isSecret(resource recording.Resource) bool {
	return resource.Group == secrets.Group && resource.Name == secrets.Resource
}

// isOf holds an object to what was asked for, or to the metadata of it.
func isOf(object map[string]any, resource recording.Resource) error {
	kind, _ := object["kind"].(string)
	version, _ := object["apiVersion"].(string)
	if kind == resource.Kind && version == versionOf(resource) || isSecret(resource) && kind == "PartialObjectMetadata" && strings.HasPrefix(version, "meta.k8s.io/") {
		return nil
	}
	return cluster.OtherKind(kind, resource.Kind)
}
