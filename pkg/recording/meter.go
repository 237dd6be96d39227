package recording

import (
	"context"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// What is kept costs its own bytes, and once more those of whoever decodes it, whose values are larger than their text:
// `{}` is two bytes, and a Container 900. A Pod is diagnosed besides, and what is found of one is much more than the Pod.
const (
	objectCost  = int64(3 << 10)
	podCost     = 20 << 10
	textCost    = 6 // As it is kept, in the answer of a server, in its reader, and as garbage.
	entryCost   = 1 << 10
	logCost     = 512
	valueCost   = 32
	memberCost  = 48
	elementCost = 128
)

// largeElements are the lists whose elements are large, and what one takes: containers, their states, and volumes.
func largeElement(list string) int64 {
	switch list {
	case "containers", "initContainers", "ephemeralContainers":
		return 1 << 10
	case "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses", "volumes":
		return 512
	}
	return elementCost
}

// meter adds up what a recording takes, and ends a reading that takes too much or that nobody waits for any more.
type meter struct {
	ctx  context.Context
	left int64
}

// take adds bytes.
func (m *meter) take(bytes int64) error {
	if m.left -= bytes; m.left < 0 {
		return errMemory
	}
	return m.ctx.Err()
}

// costOf is what an object of a resource takes.
func costOf(of schema.GroupResource, object Object, content map[string]any) int64 {
	cost := objectCost + textCost*int64(len(object.Raw)) + costOfValue("", content)
	if of == (schema.GroupResource{Resource: "pods"}) {
		cost += podCost
	}
	return cost
}

// costOfValue is what a decoded value takes beside its text. list is the name of the list that it is, if it is one.
func costOfValue(list string, value any) int64 {
	cost := int64(valueCost)
	switch value := value.(type) {
	case map[string]any:
		for key, each := range value {
			cost += memberCost + costOfValue(key, each)
		}
	case []any:
		for _, each := range value {
			cost += costOfValue("", each)
			if _, isObject := each.(map[string]any); isObject {
				cost += largeElement(list)
			}
		}
	}
	return cost
}

// survey looks over JSON before a decoder does: whether it is too long, is nested too deep or has too many values, which
// it returns; names of members are among them. Of what is no JSON it says anything.
func survey(raw []byte, limits Limits) (values int, err error) {
	if int64(len(raw)) > limits.Object {
		return 0, errLimit
	}
	depth, quoted := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			values++
			if depth++; depth > limits.Depth {
				return values, tooDeep(limits.Depth)
			}
		case c == '}' || c == ']':
			depth--
		case c == ',' || c == ':':
			values++
		}
	}
	if values > limits.Values {
		return values, errLimit
	}
	return values, nil
}
