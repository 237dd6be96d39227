package difference

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// dull are paths below which changes are no news: what the server writes by itself, and what the status tells of an object,
// which is told as verdicts, restarts and images.
var dull = []string{
	"metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "metadata.uid", "metadata.creationTimestamp", "metadata.selfLink",
	"metadata.ownerReferences", "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]", "metadata.annotations[deployment.kubernetes.io/",
	"metadata.annotations[control-plane.alpha.kubernetes.io/leader]", "status",
}

// fields compares two versions of an object field by field.
func fields(before, after map[string]any) []Field {
	c := &comparison{}
	c.maps("", before, after)
	c.conditions(before, after)
	return c.fields
}

// comparison collects the fields that differ.
type comparison struct{ fields []Field }

func (c *comparison) add(path string, before, after any) {
	c.fields = append(c.fields, Field{path, written(before), written(after)})
}

// written is a value as JSON, or nil when there is none.
func written(value any) *string {
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		text = []byte(fmt.Sprint(value)) // What came from JSON goes back to it.
	}
	shown := string(text)
	return &shown
}

func (c *comparison) values(path string, before, after any) {
	if isDull(path) || reflect.DeepEqual(before, after) {
		return
	}
	oldMap, wasMap := before.(map[string]any)
	newMap, isMap := after.(map[string]any)
	_, wasList := before.([]any)
	_, isList := after.([]any)
	switch {
	case wasMap && isMap:
		c.maps(path, oldMap, newMap)
	case (wasList || before == nil) && (isList || after == nil) && (wasList || isList):
		c.lists(path, before, after)
	default:
		c.add(path, before, after)
	}
}

// tokenVolume is how the volume of a pod's API token begins, whose name is new with every pod (kubernetes
// plugin/pkg/admission/serviceaccount/admission.go, ServiceAccountVolumeName).
const tokenVolume = "[kube-api-access-"

func isDull(path string) bool {
	return strings.Contains(path, tokenVolume) || slices.ContainsFunc(dull, func(p string) bool {
		return path == p || strings.HasSuffix(p, "/") && strings.HasPrefix(path, p)
	})
}

func (c *comparison) maps(path string, before, after map[string]any) {
	for _, key := range union(before, after, cmp.Compare[string]) {
		c.values(below(path, key), before[key], after[key])
	}
}

// below is the path of a key in a map. Keys that are no identifiers, as those of labels, are put in brackets.
func below(path, key string) string {
	switch {
	case strings.ContainsAny(key, "./-") && path != "":
		return path + "[" + key + "]"
	case path == "":
		return key
	}
	return path + "." + key
}

// lists compares lists by the names of their elements where all have one, as containers and their variables do, else by place.
// A list that is not there is empty.
func (c *comparison) lists(path string, before, after any) {
	old, _ := before.([]any)
	now, _ := after.([]any)
	was, named := elements(old)
	is, alsoNamed := elements(now)
	if !named || !alsoNamed {
		c.add(path, before, after)
		return
	}
	for _, key := range union(was, is, cmp.Compare[string]) {
		c.values(path+"["+key+"]", was[key], is[key])
	}
}

// elements are those of a list by their names, or by their types as conditions have them.
func elements(list []any) (map[string]any, bool) {
	all := map[string]any{}
	for _, element := range list {
		fields, _ := element.(map[string]any)
		key, _ := fields["name"].(string)
		if kind, ok := fields["type"].(string); ok && key == "" {
			key = kind
		}
		if _, twice := all[key]; key == "" || twice {
			return nil, false
		}
		all[key] = element
	}
	return all, true
}

// conditions compares what the conditions of an object say, but for a pod, whose verdict tells more.
func (c *comparison) conditions(before, after map[string]any) {
	if before["kind"] == "Pod" {
		return
	}
	was, is := conditionsOf(before), conditionsOf(after)
	for _, kind := range union(was, is, cmp.Compare[string]) {
		if was[kind] != is[kind] {
			c.add("status.conditions["+kind+"].status", was[kind], is[kind])
		}
	}
}

func conditionsOf(object map[string]any) map[string]any {
	status, _ := object["status"].(map[string]any)
	list, _ := status["conditions"].([]any)
	named, _ := elements(list)
	all := map[string]any{}
	for _, kind := range slices.Sorted(maps.Keys(named)) {
		fields, _ := named[kind].(map[string]any)
		all[kind] = fields["status"]
	}
	return all
}
