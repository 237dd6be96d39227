package shellword

import (
	"fmt"
	"slices"
	"strings"
)

// kubectl is the program whose name the reader's surroundings tell.
const kubectl = "kubectl"

// hole is where a value stands in a format.
const hole = "%s"

// Command is a command that can be pasted: a program and its words. Its methods return another one and leave it as it was.
// The zero Command is none.
type Command struct {
	program, called string
	words           []argument
	// rest are the words behind --, none of which is an option.
	rest []Word
	// broken is set when a format and its values do not match, or when it has a placeholder that is none.
	broken bool
}

// argument is a word before --. A value comes from elsewhere, and must not look like an option; one in a word with its option
// cannot.
type argument struct {
	Word

	value bool
}

// New is a command of podkit's own words, with values where they have a %s:
//
//	New("kubectl -n %s logs %s -c %s", namespace, pod, container)
//
// A value is a string, a number, a Word, or a []string, which is several words. It is in one word with what stands beside it,
// whatever is in it. Behind -- no word is an option; before it a value that looks like one is refused. podkit's own words hold
// no <: what the reader is to replace is a Placeholder.
func New(format Own, values ...any) Command { return Fill(string(format), values...) }

// Fill is New for a format that is no constant of the source: one of the message catalogue.
func Fill(format string, values ...any) Command {
	words := strings.Fields(format)
	if len(words) == 0 {
		return Command{}
	}
	f := filling{values: values}
	c := Command{program: f.next(words[0]).String()}.fill(&f, words[1:])
	c.broken = f.lacks || len(f.values) > 0
	return c
}

// With adds words in the same way: before those behind --, unless they come with a -- of their own.
func (c Command) With(format Own, values ...any) Command {
	f := filling{values: values}
	c = c.fill(&f, strings.Fields(string(format)))
	c.broken = c.broken || f.lacks || len(f.values) > 0
	return c
}

// Typed adds words that the user has typed, options among them.
func (c Command) Typed(words ...string) Command {
	for _, word := range words {
		c = c.add(argument{Word: Text(word)})
	}
	return c
}

// Called is the command for who calls kubectl by another name or a path. Other programs keep their names.
func (c Command) Called(name string) Command {
	if c.program == kubectl {
		c.called = name
	}
	return c
}

// IsZero reports whether there is no command.
func (c Command) IsZero() bool { return c.program == "" }

// Program is the first word, as podkit calls it.
func (c Command) Program() string { return c.program }

// Words are the command as it reaches the system, the program first.
func (c Command) Words() []string {
	if c.IsZero() {
		return nil
	}
	words := []string{c.name()}
	for _, word := range c.words {
		words = append(words, word.String())
	}
	if len(c.rest) > 0 {
		words = append(words, "--")
	}
	for _, word := range c.rest {
		words = append(words, word.String())
	}
	return words
}

// String is for tests and maps: it tells commands apart, and cannot be pasted.
func (c Command) String() string { return fmt.Sprintf("%q", c.Words()) }

// Equal reports whether two commands are the same.
func (c Command) Equal(other Command) bool {
	line, refusal := c.Line()
	same, because := other.Line()
	return line == same && refusal == because && slices.Equal(c.Words(), other.Words())
}

func (c Command) add(words ...argument) Command {
	c.words = append(c.words[:len(c.words):len(c.words)], words...)
	return c
}

func (c Command) name() string {
	if c.called == "" {
		return c.program
	}
	return c.called
}

// fill adds the words of a format.
func (c Command) fill(f *filling, words []string) Command {
	behind := false
	for _, word := range words {
		if word == "--" && !behind {
			behind = true
			continue
		}
		for _, word := range f.words(word) {
			if behind {
				c.rest = append(c.rest[:len(c.rest):len(c.rest)], word.Word)
			} else {
				c = c.add(word)
			}
		}
	}
	return c
}

// filling are the values that are left for a format.
type filling struct {
	values []any
	lacks  bool
}

// words are what becomes of a word of a format: one, or as many as a list has.
func (f *filling) words(word string) []argument {
	if list, ok := f.list(); ok && word == hole {
		f.values = f.values[1:]
		var all []argument
		for _, text := range list {
			all = append(all, argument{Text(text), true})
		}
		return all
	}
	return []argument{{f.next(word), strings.HasPrefix(word, hole)}}
}

func (f *filling) list() (list []string, ok bool) {
	if len(f.values) > 0 {
		list, ok = f.values[0].([]string)
	}
	return list, ok
}

// next fills in one word.
func (f *filling) next(word string) Word {
	made := Word{}
	for i, own := range strings.Split(word, hole) {
		if i > 0 {
			made = made.And(f.take())
		}
		f.lacks = f.lacks || strings.Contains(own, "<") // Written as text, a placeholder would be quoted, and the line run.
		if own != "" {
			made = made.And(Text(own))
		}
	}
	return made
}

func (f *filling) take() Word {
	if len(f.values) == 0 {
		f.lacks = true
		return Word{}
	}
	value := f.values[0]
	f.values = f.values[1:]
	if word, ok := value.(Word); ok {
		return word
	}
	return Text(fmt.Sprint(value))
}
