package redact

import (
	"slices"
	"strings"
)

// untouched are fields that hold no secret and that a diagnosis cannot do without: what names an object, an image or a
// time. managedFields are names of fields alone.
var untouched = []string{
	"apiVersion", "kind", "name", "namespace", "uid", "resourceVersion", "image", "imageID", "containerID", "creationTimestamp", "deletionTimestamp",
	"managedFields", "startTime", "lastTransitionTime", "lastProbeTime", "lastUpdateTime", "lastHeartbeatTime", "startedAt", "finishedAt",
	"firstTimestamp", "lastTimestamp", "eventTime", "renewTime", "phase", "reason", "fieldPath", "nodeName", "serviceAccountName", "resource",
}

// settings are maps whose keys are free: a secret's name makes its value one.
var settings = []string{"annotations", "volumeAttributes", "parameters", "options", "attributes"}

// Object takes the secrets out of an object, in place. Of a Secret only metadata stays, of a ConfigMap the names of its
// keys; both hold for recordings without redaction as well, so see Bare.
func (r *Redactor) Object(object map[string]any) {
	Bare(object)
	if spec, ok := object["spec"].(map[string]any); ok && object["kind"] == "Node" {
		r.provider(spec, object)
	}
	r.fields(object)
}

// Bare takes out what never is in a recording, whatever a user has asked for: the data of a Secret, the values of a
// ConfigMap, and what kubectl apply repeats of both in an annotation.
func Bare(object map[string]any) {
	switch object["kind"] {
	case "Secret":
		for key := range object {
			if key != "apiVersion" && key != "kind" && key != "metadata" {
				delete(object, key)
			}
		}
	case "ConfigMap":
		for _, field := range []string{"data", "binaryData"} {
			values, _ := object[field].(map[string]any)
			for key := range values {
				values[key] = ""
			}
		}
	default:
		return
	}
	metadata, _ := object["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	for key := range annotations {
		if isCopy(key) {
			delete(annotations, key)
		}
	}
}

// isCopy reports whether an annotation repeats the whole object, as tools keep it that apply manifests.
func isCopy(key string) bool {
	return strings.Contains(key, "last-applied") || slices.Contains([]string{"objectset.rio.cattle.io/applied", "kapp.k14s.io/original"}, key)
}

// provider hides by which number a cloud knows a node. Some providers use the node's own name, which stays.
func (r *Redactor) provider(spec, object map[string]any) {
	id, _ := spec["providerID"].(string)
	if id == "" {
		return
	}
	metadata, _ := object["metadata"].(map[string]any)
	if last := id[strings.LastIndexByte(id, '/')+1:]; last != metadata["name"] {
		r.remember("provider-id", last)
	}
	spec["providerID"] = r.hide("provider-id", id)
}

// fields cleans every value of a map.
func (r *Redactor) fields(object map[string]any) {
	r.named(object)
	for _, key := range sorted(object) {
		switch {
		case slices.Contains(untouched, key):
		case slices.Contains(settings, key):
			r.settings(object[key])
		default:
			object[key] = r.value(key, object[key])
		}
	}
}

// value cleans a value of any kind.
func (r *Redactor) value(key string, value any) any {
	switch value := value.(type) {
	case string:
		return r.Text(value)
	case map[string]any:
		r.fields(value)
	case []any:
		if key == "args" || key == "command" {
			r.arguments(value)
		}
		for i := range value {
			value[i] = r.value("", value[i])
		}
	}
	return value
}

// named hides the value of a {name, value}, an environment variable or a header of a probe, whose name is a secret's.
func (r *Redactor) named(object map[string]any) {
	name, _ := object["name"].(string)
	value, _ := object["value"].(string)
	if value == "" || isSwitch(value) || reference.MatchString(value) {
		return
	}
	if rule := class(name); rule != "" {
		object["value"] = r.secret(rule, value)
	}
}

// settings cleans a map with free keys.
func (r *Redactor) settings(object any) {
	values, ok := object.(map[string]any)
	if !ok {
		return
	}
	for _, key := range sorted(values) {
		value, _ := values[key].(string)
		// The domain before the slash names the tool, as in vault.hashicorp.com/agent-inject-token.
		switch rule := class(key[strings.LastIndexByte(key, '/')+1:]); {
		case value == "":
		case isCopy(key):
			values[key] = r.hide("last-applied", value)
		case rule != "" && !isSwitch(value) && !reference.MatchString(value):
			values[key] = r.secret(rule, value)
		default:
			values[key] = r.Text(value)
		}
	}
}

// arguments hides what follows a flag: ["--password", "x"].
func (r *Redactor) arguments(words []any) {
	for i := 1; i < len(words); i++ {
		flag, _ := words[i-1].(string)
		value, _ := words[i].(string)
		if rule := class(flag); rule != "" && isFlag(flag) && !strings.HasPrefix(value, "-") && !says(value) {
			words[i] = r.secret(rule, value)
		}
	}
}

// isFlag reports whether a word is a flag that takes the next one.
func isFlag(word string) bool {
	return strings.HasPrefix(word, "-") && !strings.ContainsAny(word, "= ")
}

// secret hides a value and has it found again elsewhere.
func (r *Redactor) secret(rule, value string) string {
	if !strings.HasPrefix(value, Open) {
		r.remember(rule, value)
	}
	return r.hide(rule, value)
}

// isSwitch reports whether a value only turns something on or off.
func isSwitch(value string) bool { return value == "true" || value == "false" }

// sorted returns the keys of a map in order: what is found first is remembered first.
func sorted(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
