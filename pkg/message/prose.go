package message

import "strings"

// A text and what is inserted into it may both hold backquotes. Those of the text are podkit's own and mean `code`; those that
// came with an argument mean nothing. Marked puts these two in the place of podkit's own. They are no characters and so in no
// text of people (The Unicode Standard, 23.7).
const (
	CodeOpens  = "\ufdd0"
	CodeCloses = "\ufdd1"
	// inserted stands for a backquote of an argument while a text is filled in.
	inserted = "\ufdd2"
)

// Marked fills in a text and marks its own `code`, whatever the arguments hold. fill inserts those that it is handed.
func Marked(args Args, fill func(Args) string) string {
	hide := strings.NewReplacer("`", inserted, CodeOpens, named(CodeOpens), CodeCloses, named(CodeCloses), inserted, named(inserted))
	kept := make(Args, len(args))
	for name, value := range args {
		switch value := value.(type) {
		case string:
			kept[name] = hide.Replace(value)
		case map[string]string:
			values := make(map[string]string, len(value))
			for key, text := range value {
				values[key] = hide.Replace(text)
			}
			kept[name] = values
		default:
			kept[name] = value
		}
	}
	pieces := strings.Split(fill(kept), "`")
	var marked strings.Builder
	for i, piece := range pieces {
		switch {
		case i == 0:
		case i%2 == 0:
			marked.WriteString(CodeCloses)
		case i < len(pieces)-1:
			marked.WriteString(CodeOpens)
		default: // It has no partner.
			marked.WriteByte('`')
		}
		marked.WriteString(piece)
	}
	return strings.ReplaceAll(marked.String(), inserted, "`")
}

// named is how a mark is shown that came with an argument, as a terminal shows it.
func named(mark string) string {
	return map[string]string{CodeOpens: "<U+FDD0>", CodeCloses: "<U+FDD1>", inserted: "<U+FDD2>"}[mark]
}

// Unmarked returns a marked text with backquotes around its code, as it is shown on a terminal.
func Unmarked(text string) string {
	return strings.NewReplacer(CodeOpens, "`", CodeCloses, "`").Replace(text)
}
