package prompt

import (
	"context"
	"strings"
)

// Picker is what a reader can pick a target from: the pods of a namespace or their owners.
type Picker struct {
	// Title is the question.
	Title string
	// Context names the cluster, for the head.
	Context string
	// Namespace is where it begins; empty for all.
	Namespace string
	// Load reads what there is in a namespace, or in all for an empty one.
	Load func(ctx context.Context, namespace string) (Listing, error)
	// Namespaces reads the names of all namespaces; an error lets the reader type one.
	Namespaces func(ctx context.Context) ([]string, error)
}

// Listing is what there is to pick in a namespace. Each list is in the order in which it is shown: what needs attention
// first.
type Listing struct {
	// Whole stands for all there is in the namespace.
	Whole Row
	// Pods and Owners are two views of the same.
	Pods, Owners []Row
}

// Tone is how bad things stand.
type Tone int

// The tones, the best first.
const (
	Good Tone = iota
	Warn
	Bad
)

// Row is one thing to pick. Its texts may come from a cluster as they are.
type Row struct {
	// ID is what is returned when it is picked.
	ID string
	// Name tells it from the others; Status is its state in a word, Why the reason of that.
	Name, Status, Why string
	Tone              Tone
}

// text is what a filter looks at.
func (r *Row) text() string { return strings.ToLower(r.Name + " " + r.Status + " " + r.Why) }

// shelf is a list of rows, and those of them that a filter lets through.
type shelf struct {
	rows   []Row
	texts  []string
	shown  []int
	window window
}

func newShelf(rows []Row) *shelf {
	s := &shelf{rows: rows, texts: make([]string, len(rows))}
	for i := range rows {
		s.texts[i] = rows[i].text()
	}
	s.filter("")
	return s
}

// filter lets through what holds each word of a text, whatever the case and the order.
func (s *shelf) filter(text string) {
	words := strings.Fields(strings.ToLower(text))
	s.shown = s.shown[:0]
	for i := range s.rows {
		if holds(s.texts[i], words) {
			s.shown = append(s.shown, i)
		}
	}
	s.window = window{}
}

func holds(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// at is the row chosen, if any is shown.
func (s *shelf) at() (Row, bool) {
	if len(s.shown) == 0 {
		return Row{}, false
	}
	return s.rows[s.shown[s.window.at]], true
}
