package redact

import "strings"

// vocabulary tells which of many words a text holds, in one pass over it: most texts hold none, and no pattern has to be tried.
type vocabulary struct {
	// byPair are the words by their first two bytes, as positions in users.
	byPair map[uint16][]entry
	seen   [1 << 16 / 64]uint64
	count  int
}

// entry is a word, and the patterns that want it.
type entry struct {
	word     string
	patterns []int
}

// newVocabulary makes the vocabulary of patterns. Words are of two bytes at least.
func newVocabulary(patterns []pattern) *vocabulary {
	v := &vocabulary{byPair: map[uint16][]entry{}, count: len(patterns)}
	for i := range patterns {
		for _, word := range patterns[i].words {
			v.add(word, i)
		}
	}
	return v
}

func (v *vocabulary) add(word string, of int) {
	pair := pairOf(word)
	v.seen[pair/64] |= 1 << (pair % 64)
	for i, known := range v.byPair[pair] {
		if known.word == word {
			v.byPair[pair][i].patterns = append(known.patterns, of)
			return
		}
	}
	v.byPair[pair] = append(v.byPair[pair], entry{word, []int{of}})
}

func pairOf(text string) uint16 { return uint16(text[0])<<8 | uint16(text[1]) }

// find marks the patterns of which a text, in lower case, holds a word.
func (v *vocabulary) find(lower string, wanted []bool) {
	for i := 0; i+1 < len(lower); i++ {
		pair := pairOf(lower[i:])
		if v.seen[pair/64]&(1<<(pair%64)) == 0 {
			continue
		}
		for _, known := range v.byPair[pair] {
			if strings.HasPrefix(lower[i:], known.word) {
				for _, p := range known.patterns {
					wanted[p] = true
				}
			}
		}
	}
}
