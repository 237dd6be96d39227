package server

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// selectable are the fields that a field selector may name beside metadata.name and metadata.namespace (Kubernetes v1.36,
// pkg/apis/*/conversion.go, AddFieldLabelConversionsFor*).
var selectable = map[schema.GroupResource][]string{
	{Resource: "pods"}: {
		"spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
		"status.phase", "status.podIP", "status.nominatedNodeName",
	},
	{Resource: "nodes"}:                          {"spec.unschedulable"},
	{Resource: "namespaces"}:                     {"status.phase"},
	{Resource: "secrets"}:                        {"type"},
	{Resource: "services"}:                       {"spec.clusterIP", "spec.type"},
	{Resource: "replicationcontrollers"}:         {"status.replicas"},
	{Group: "apps", Resource: "replicasets"}:     {"status.replicas"},
	{Group: "batch", Resource: "jobs"}:           {"status.successful"},
	{Resource: "events"}:                         eventFields,
	{Group: "events.k8s.io", Resource: "events"}: eventFields,
	{Group: "certificates.k8s.io", Resource: "certificatesigningrequests"}: {"spec.signerName"},
}

var eventFields = []string{
	"involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
	"involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
}

// The fields that every resource can be selected by.
const (
	nameField      = "metadata.name"
	namespaceField = "metadata.namespace"
)

// fieldsOf reads the fields of an object that selectors may name.
func fieldsOf(object recording.Object, gvr schema.GroupVersionResource) fields.Set {
	set := fields.Set{nameField: object.Name, namespaceField: object.Namespace}
	names := selectable[gvr.GroupResource()]
	if len(names) == 0 {
		return set
	}
	var content map[string]any
	if json.Unmarshal(object.Raw, &content) != nil {
		return set
	}
	for _, name := range names {
		set[name] = fieldValue(content, name)
	}
	return set
}

// fieldValue is the field as selectors compare it. Some are named otherwise in the object.
func fieldValue(content map[string]any, name string) string {
	switch name {
	case "status.successful":
		return lookUp(content, "status.succeeded", "0")
	case "status.replicas":
		return lookUp(content, name, "0")
	case "spec.unschedulable", "spec.hostNetwork":
		return lookUp(content, name, "false")
	case "source":
		return lookUp(content, "source.component", lookUp(content, "reportingComponent", ""))
	}
	if inner, found := strings.CutPrefix(name, "involvedObject."); found && content["regarding"] != nil {
		return lookUp(content, "regarding."+inner, "") // An event of events.k8s.io.
	}
	return lookUp(content, name, "")
}

// lookUp follows a dotted path to a text, a number or a truth.
func lookUp(content map[string]any, path, absent string) string {
	var at any = content
	for part := range strings.SplitSeq(path, ".") {
		fields, ok := at.(map[string]any)
		if !ok {
			return absent
		}
		at = fields[part]
	}
	switch value := at.(type) {
	case string:
		return value
	case bool:
		return strconv.FormatBool(value)
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	return absent
}

// unsupported names a field of a selector that the resource cannot be selected by, as the server refuses it.
func unsupported(selector fields.Selector, gvr schema.GroupVersionResource) error {
	for _, requirement := range selector.Requirements() {
		if requirement.Field == nameField || requirement.Field == namespaceField || slices.Contains(selectable[gvr.GroupResource()], requirement.Field) {
			continue
		}
		return fmt.Errorf("field label not supported: %s", requirement.Field)
	}
	return nil
}
