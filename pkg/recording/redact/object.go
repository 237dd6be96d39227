package redact

import (
	"fmt"
	"slices"
	"strings"
)

// untouched are fields that hold no secret and that a diagnosis cannot do without: what names an object, an image or a
// time. managedFields are names of fields alone.
var untouched = []string{
	"apiVersion", "kind", "name", "namespace", "uid", "resourceVersion", "image", "imageID", "containerID", "creationTimestamp", "deletionTimestamp",
	"startTime", "lastTransitionTime", "lastProbeTime", "lastUpdateTime", "lastHeartbeatTime", "startedAt", "finishedAt",
	"firstTimestamp", "lastTimestamp", "eventTime", "renewTime", "fieldPath", "nodeName", "serviceAccountName",
}

// isUntouched reports whether a field stays as it is. A URL and what has blanks in it is no name.
func isUntouched(key, value string) bool {
	return slices.Contains(untouched, key) && !strings.Contains(value, "://") && !strings.ContainsAny(value, " =")
}

// naming are the fields of untouched whose values are names; a value that is one is not looked for elsewhere.
var naming = []string{"name", "namespace", "uid", "image", "imageID", "nodeName", "serviceAccountName", "reason", "kind", "generateName", "hostname", "subdomain", "podIP", "hostIP"}

// namingLabels are labels whose values Kubernetes and its tools make of names.
var namingLabels = []string{"app", "job-name", "controller-uid", "pod-template-hash", "controller-revision-hash", "k8s-app", "component", "tier", "release", "chart"}

// settings are maps whose keys are free: a secret's name makes its value one.
var settings = []string{"annotations", "volumeAttributes", "parameters", "options", "attributes"}

// Object takes the secrets out of an object, in place; those that a part of it tells of are taken out of all of it. Of a
// Secret only metadata stays, of a ConfigMap the names of its keys; both hold for recordings without redaction as well, so see
// Bare.
func (r *Redactor) Object(object map[string]any) {
	Bare(object)
	r.names(object)
	if spec, ok := object["spec"].(map[string]any); ok && object["kind"] == "Node" {
		r.provider(spec, object)
	}
	before := r.learned()
	r.fields(object)
	if r.learned() > before {
		r.AgainObject(object)
	}
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
		r.remember("provider-id", last, true)
	}
	spec["providerID"] = r.hide("provider-id", id)
}

// fields cleans every value of a map.
func (r *Redactor) fields(object map[string]any) {
	r.pair(object)
	r.container(object)
	for _, key := range sorted(object) {
		text, isText := object[key].(string)
		switch {
		case isText && isUntouched(key, text), key == "managedFields":
		case slices.Contains(settings, key):
			r.settings(object[key])
		default:
			object[key] = r.value(key, object[key])
		}
	}
}

// value cleans a value of any kind. The key counts: custom resources have fields of their own.
func (r *Redactor) value(key string, value any) any {
	switch value := value.(type) {
	case string:
		if rule := r.keys.class(key); rule != "" && !isSwitch(value) && !says(value) && !strings.HasPrefix(value, Open) {
			return r.secret(rule, value)
		}
		return r.Text(value)
	case map[string]any:
		r.fields(value)
	case []any:
		for i := range value {
			if text, isText := value[i].(string); isText && isListed(r.keys.class(key), text) {
				value[i] = r.secret(r.keys.class(key), text)
				continue
			}
			value[i] = r.value("", value[i])
		}
	default:
		// A number: a PIN, a password of digits. Of others a number tells how many.
		if text := fmt.Sprint(value); r.keys.class(key) == "password" && isNumber(text) && len(text) >= 4 {
			return r.secret("password", text)
		}
	}
	return value
}

// isListed reports whether an item of a list is a secret. Lists of "secrets" are of their names.
func isListed(rule, text string) bool {
	return rule != "" && !says(text) && !strings.HasPrefix(text, Open) && (rule != "secret" || !isWord(strings.Trim(text, "0123456789")))
}

// pair hides the value of a {name, value}, an environment variable or a header of a probe, whose name is a secret's.
func (r *Redactor) pair(object map[string]any) {
	name, _ := object["name"].(string)
	if name == "" {
		name, _ = object["key"].(string)
	}
	value, _ := object["value"].(string)
	if value == "" || isSwitch(value) || reference.MatchString(value) || path.MatchString(value) {
		return
	}
	if rule := r.keys.class(name); rule != "" {
		object["value"] = r.secret(rule, value)
	} else {
		object["value"] = r.setting(name, value)
	}
}

// setting cleans the value of a name that is no secret's for certain: NEO4J_AUTH is neo4j/password, and may be none.
func (r *Redactor) setting(name, value string) string {
	if strings.HasSuffix(strings.ToLower(name), "auth") && !strings.HasPrefix(value, Open) {
		if clean, kept := strings.CutPrefix(r.Text(name+"="+value), name+"="); kept {
			return clean
		}
	}
	return value
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
		switch rule := r.keys.class(effective(key[strings.LastIndexByte(key, '/')+1:])); {
		case value == "":
			values[key] = r.value("", values[key])
		case isCopy(key):
			values[key] = r.hide("last-applied", value)
		case rule != "" && !isSwitch(value) && !reference.MatchString(value) && !path.MatchString(value):
			values[key] = r.secret(rule, value)
		default:
			values[key] = r.Text(value)
		}
	}
}

// container hides what the command of a container, a probe or a hook takes as a secret. The program may be in the command
// and its flags in the arguments.
func (r *Redactor) container(object map[string]any) {
	var all []word
	var places []func(string)
	for _, field := range []string{"command", "args"} {
		list, _ := object[field].([]any)
		for i := range list {
			text, _ := list[i].(string)
			all = append(all, word{text: text, first: len(all) == 0})
			places = append(places, func(clean string) { list[i] = clean })
		}
	}
	for _, h := range r.keys.command(all) {
		text := all[h.word].text
		if strings.Contains(text, Open) || strings.ContainsAny(text[:h.from], " \n") {
			continue
		}
		places[h.word](text[:h.from] + r.secret(h.rule, text[h.from:h.to]) + text[h.to:])
	}
}

// secret hides a value and has it found again elsewhere.
func (r *Redactor) secret(rule, value string) string {
	if !strings.HasPrefix(value, Open) {
		r.remember(rule, value, true)
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
