package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
)

// kindError is an answer that is not what was asked for.
type kindError struct {
	// found is its kind, empty when it has none; wanted is the one that was asked for.
	found, wanted string
	cause         error
}

func (e *kindError) Error() string {
	switch {
	case e.isOther():
		return fmt.Sprintf("the answer is a %s and no %s", e.found, e.wanted)
	case e.isEmpty():
		return fmt.Sprintf("the answer does not say what it is, and is no %s", e.wanted)
	}
	return "the answer cannot be read: " + e.cause.Error()
}

// isOther reports whether the answer says that it is something else, isEmpty whether it says nothing; what remains is what
// cannot be read.
func (e *kindError) isOther() bool { return e.found != "" && e.found != e.wanted }

func (e *kindError) isEmpty() bool {
	return e.cause == nil || runtime.IsMissingKind(e.cause) || runtime.IsMissingVersion(e.cause)
}

func (e *kindError) Unwrap() error { return e.cause }

// decoded is the answer to a request as the type that was asked for. rest.Result.Into would take anything for it that does
// not say otherwise: {} for an empty list.
func decoded[T runtime.Object](result rest.Result, wanted string) (T, error) {
	var none T
	if err := result.Error(); err != nil {
		return none, err
	}
	object, err := result.Get()
	if typed, ok := object.(T); ok && err == nil {
		return typed, itemized(object, result, wanted)
	}
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return none, err // It answered 200, and then that it failed.
	}
	return none, &kindError{found: kindIn(result), wanted: wanted, cause: err}
}

// itemized holds an empty list to having items in JSON: an API server sends them, empty. In protobuf there is no trace of none.
func itemized(object runtime.Object, result rest.Result, wanted string) error {
	if !meta.IsListType(object) || meta.LenList(object) > 0 {
		return nil
	}
	if raw, err := result.Raw(); err != nil || bytes.HasPrefix(raw, protobufPrefix) || bytes.Contains(raw, []byte(`"items"`)) {
		return err
	}
	return &kindError{found: wanted + " without items", wanted: wanted}
}

// protobufPrefix is what objects in protobuf begin with (apimachinery pkg/runtime/serializer/protobuf).
var protobufPrefix = []byte("k8s\x00")

// kindIn is the kind that an answer says it is of, whether there is such a kind or not.
func kindIn(result rest.Result) string {
	raw, err := result.Raw()
	if err != nil {
		return ""
	}
	var unknown runtime.Unknown
	if encoded, ok := bytes.CutPrefix(raw, protobufPrefix); ok {
		if err := unknown.Unmarshal(encoded); err != nil {
			return ""
		}
		return unknown.Kind
	}
	var kind metav1.TypeMeta
	if err := json.Unmarshal(raw, &kind); err != nil {
		return ""
	}
	return kind.Kind
}

// OtherKind is the error of an answer that is of kind found, which may be empty, and not what was wanted: for those who
// read with Config. Explain tells it.
func OtherKind(found, wanted string) error { return &kindError{found: found, wanted: wanted} }

// unreadable is an error of a client that decodes for itself: what neither the server nor the network said is about an
// answer that is not what was wanted.
func unreadable(err error, wanted string) error {
	var status apierrors.APIStatus
	var network *url.Error
	if errors.As(err, &status) || errors.As(err, &network) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &kindError{wanted: wanted, cause: err}
}

// isA holds the kind of an object to the one that was asked for.
func isA(found, wanted schema.GroupVersionKind) error {
	if found != wanted {
		return &kindError{found: called(found, wanted), wanted: wanted.Kind}
	}
	return nil
}

// isListOf holds the kind of a list to that of its objects. Lists of custom resources may be called anything.
func isListOf(found, items schema.GroupVersionKind) error {
	custom := strings.Contains(items.Group, ".") && !strings.HasSuffix(items.Group, ".k8s.io")
	if found.GroupVersion() == items.GroupVersion() && (found.Kind == items.Kind+"List" || custom && found.Kind != items.Kind) {
		return nil
	}
	return &kindError{found: called(found, items.GroupVersion().WithKind(items.Kind+"List")), wanted: items.Kind + "List"}
}

// called is a kind in words, with its version where that is all that it differs in.
func called(found, wanted schema.GroupVersionKind) string {
	if found.Kind == wanted.Kind {
		return found.GroupVersion().String() + " " + found.Kind
	}
	return found.Kind
}
