// Package mutation makes objects that no API server would have let in: of a tree of values, as decoding makes it of JSON or
// YAML, parts are left out or exchanged. It is for tests of code that takes what others wrote, and not part of the product.
// Start reading at Places.
package mutation

import (
	"maps"
	"slices"
)

// Place is a part of a tree: the keys (string) and indices (int) that lead to it.
type Place []any

// Places lists all parts of a tree in a stable order, each after the one that it is in; the tree itself is none.
func Places(tree any) []Place { return below(tree, nil) }

func below(node any, at Place) []Place {
	var found []Place
	visit := func(key, child any) {
		place := append(slices.Clone(at), key)
		found = append(append(found, place), below(child, place)...)
	}
	switch node := node.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(node)) {
			visit(key, node[key])
		}
	case []any:
		for i, child := range node {
			visit(i, child)
		}
	}
	return found
}

// Drop leaves a part out. An element of a list becomes null, so that the others stay where they are.
func Drop(tree any, place Place) { Set(tree, place, nil) }

// Set puts a value in the place of a part; nil leaves a field out. Where a step of the way is gone nothing happens.
func Set(tree any, place Place, value any) {
	last := len(place) - 1
	switch node := Get(tree, place[:last]).(type) {
	case map[string]any:
		if value == nil {
			delete(node, place[last].(string))
			return
		}
		node[place[last].(string)] = value
	case []any:
		if i := place[last].(int); i < len(node) {
			node[i] = value
		}
	}
}

// Get is the part at a place; nil when there is none.
func Get(tree any, place Place) any {
	for _, step := range place {
		switch node := tree.(type) {
		case map[string]any:
			key, isKey := step.(string)
			if !isKey {
				return nil
			}
			tree = node[key]
		case []any:
			i, isIndex := step.(int)
			if !isIndex || i >= len(node) {
				return nil
			}
			tree = node[i]
		default:
			return nil
		}
	}
	return tree
}

// Alone leaves out every object and list that lies beside the way to a part: of alternatives, such as the sources of a volume,
// that one is left which the part belongs to.
func Alone(tree any, place Place) {
	for depth := range place {
		fields, isObject := Get(tree, place[:depth]).(map[string]any)
		if !isObject {
			continue
		}
		for key, child := range fields {
			switch child.(type) {
			case map[string]any, []any:
				if key != place[depth] {
					delete(fields, key)
				}
			}
		}
	}
}
