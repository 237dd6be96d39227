package recording

import "bytes"

// yamlItems takes the items out of a list that is written as kubectl prints it, a block below the line "items:":
//
//	items:
//	- apiVersion: v1
//	  kind: Pod
//
// They are told apart by their lines alone. Whoever writes lines so that this goes wrong gets other objects, or none.
type yamlItems struct {
	// most is how long an item may be.
	most int64
	// take is handed the text of each item, with spaces in the place of its dash.
	take func(text []byte) error

	inside, begun bool
	// indent is how far the dashes are from the margin.
	indent int
	item   bytes.Buffer
}

// line takes a line that belongs to an item.
func (y *yamlItems) line(line []byte) (taken bool, err error) {
	if !y.inside {
		y.inside = bytes.Equal(bytes.TrimRight(line, " \r\n"), []byte("items:"))
		y.begun = false
		return y.inside, nil
	}
	if int64(y.item.Len()+len(line)) > y.most {
		return true, errLimit
	}
	text := bytes.TrimLeft(line, " ")
	indent := len(line) - len(text)
	if blank := bytes.TrimSpace(text); len(blank) == 0 || !y.begun && blank[0] == '#' {
		y.item.Write(line)
		return true, nil
	}
	isItem := text[0] == '-' && (len(text) == 1 || bytes.ContainsAny(text[1:2], " \r\n"))
	switch {
	case isItem && !y.begun:
		y.begun, y.indent = true, indent
	case isItem && indent == y.indent:
		if err := y.flush(); err != nil {
			return true, err
		}
	case y.begun && indent > y.indent:
		y.item.Write(line)
		return true, nil
	default:
		y.inside = false
		return false, y.flush()
	}
	y.item.Write(line[:indent])
	y.item.WriteByte(' ')
	y.item.Write(text[1:])
	return true, nil
}

// flush hands out the item that was begun.
func (y *yamlItems) flush() error {
	defer y.item.Reset()
	if !y.begun {
		return nil
	}
	return y.take(y.item.Bytes())
}

// end hands out the last item.
func (y *yamlItems) end() error {
	if !y.inside {
		return nil
	}
	y.inside = false
	return y.flush()
}
