package recording

import (
	"bytes"

	"go.yaml.in/yaml/v3"
)

// weigh refuses YAML that a decoder would make too much of: of too many nodes, or with aliases that come to more than the
// limits once they are written out. A text of 240 KB can come to 4 GB.
func weigh(text []byte, limits Limits) error {
	if int64(len(text)) > limits.Object {
		return errLimit
	}
	nodes := 0
	for _, c := range text {
		switch c {
		case '\n', ',', ':', '-', '[', '{', '?':
			nodes++
		}
	}
	if nodes > 2*limits.Values {
		return errLimit
	}
	if !bytes.ContainsRune(text, '&') || !bytes.ContainsRune(text, '*') {
		return nil
	}
	var root yaml.Node
	if yaml.Unmarshal(text, &root) != nil {
		return nil //nolint:nilerr // It is no YAML, as its decoder will say.
	}
	s := scales{known: map[*yaml.Node]weight{}, most: weight{limits.Object, int64(limits.Values)}}
	if s.weigh(&root); s.over {
		return errLimit
	}
	return nil
}

// weight is what a node comes to, written out.
type weight struct{ bytes, values int64 }

// scales weigh nodes. What an alias means is weighed once.
type scales struct {
	known map[*yaml.Node]weight
	most  weight
	over  bool
}

func (s *scales) weigh(node *yaml.Node) weight {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if found, isKnown := s.known[node]; isKnown || node == nil {
		return found
	}
	s.known[node] = weight{} // One that contains itself is refused by the decoder.
	sum := weight{int64(len(node.Value)) + 4, 1}
	for _, each := range node.Content {
		found := s.weigh(each)
		sum.bytes, sum.values = min(sum.bytes+found.bytes, 2*s.most.bytes), min(sum.values+found.values, 2*s.most.values)
	}
	s.known[node] = sum
	s.over = s.over || sum.bytes > s.most.bytes || sum.values > s.most.values
	return sum
}
