package server

import (
	"mime"
	"net/http"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// form is how an answer is to be written.
type form struct {
	yaml bool
	// as is Table, PartialObjectMetadata(List) or empty, and version that of meta.k8s.io.
	as, version string
}

// The transformations that an Accept header may ask for.
const (
	asTable    = "Table"
	asMetadata = "PartialObjectMetadata"
)

// negotiate chooses the first form that the request accepts and the server has. It has no protobuf: every client takes JSON,
// and a recording is JSON.
func negotiate(r *http.Request, list bool) (form, bool) {
	accept := r.Header.Get("Accept")
	if accept == "" {
		return form{}, true
	}
	for part := range strings.SplitSeq(accept, ",") {
		kind, parameters, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		chosen := form{as: parameters["as"], version: parameters["v"]}
		switch kind {
		case "application/json", "*/*", "application/*":
		case "application/yaml":
			chosen.yaml = true
		default:
			continue
		}
		wanted := asMetadata
		if list {
			wanted += "List"
		}
		if chosen.as == "" || parameters["g"] == metav1.GroupName && (chosen.as == asTable || chosen.as == wanted) &&
			(chosen.version == "v1" || chosen.version == "v1beta1") {
			return chosen, true
		}
	}
	return form{}, false
}

func notAcceptable() metav1.Status {
	return failure(http.StatusNotAcceptable, metav1.StatusReasonNotAcceptable,
		"only the following media types are accepted: application/json, application/yaml")
}

// typeMeta is the kind of a transformed answer.
func (f form) typeMeta() metav1.TypeMeta {
	return metav1.TypeMeta{Kind: f.as, APIVersion: metav1.GroupName + "/" + f.version}
}
