package recording

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"sigs.k8s.io/yaml"
)

// splitAbove is the size of a document of YAML from which on its items are read one by one: a decoder takes fifty times the
// size of the text. Below it, the items may refer to each other.
const splitAbove = 1 << 20

// yaml takes in documents of YAML.
func (p *plain) yaml(r io.Reader) error {
	in := bufio.NewReaderSize(r, chunk)
	text := &yamlText{plain: p}
	for {
		line, err := p.line(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if isSeparator(line) {
			if err := text.end(); err != nil {
				return err
			}
			line = bytes.Replace(line, []byte("---"), []byte("   "), 1)
		}
		if err := text.add(line); err != nil {
			return err
		}
		if err != nil {
			return text.end()
		}
	}
}

// line reads one line, with its end.
func (p *plain) line(in *bufio.Reader) ([]byte, error) {
	if err := p.meter.ctx.Err(); err != nil {
		return nil, err
	}
	var whole []byte
	for {
		part, err := in.ReadSlice('\n')
		if int64(len(whole)+len(part)) > p.limits.Object {
			return nil, errLimit
		}
		whole = append(whole, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return whole, err
		}
	}
}

// isSeparator reports whether a line begins a document (YAML 1.2.2, 9.1.2).
func isSeparator(line []byte) bool {
	rest, found := bytes.CutPrefix(line, []byte("---"))
	return found && (len(rest) == 0 || bytes.ContainsAny(rest[:1], " \t\r\n"))
}

// yamlText is one document on its way in.
type yamlText struct {
	plain *plain
	// text is what was read: the whole document, or, once it is split, what is beside its items.
	text  bytes.Buffer
	split bool
	items *yamlItems
	found document
}

// add adds a line.
func (y *yamlText) add(line []byte) error {
	if !y.split {
		y.text.Write(line)
		if y.text.Len() <= splitAbove {
			return nil
		}
		y.split, y.items = true, &yamlItems{most: y.plain.limits.Object, take: y.item}
		whole := bytes.Clone(y.text.Bytes())
		y.text.Reset()
		for each := range bytes.Lines(whole) {
			if err := y.place(each); err != nil {
				return err
			}
		}
		return nil
	}
	return y.place(line)
}

// place puts a line where it belongs: into an item, or beside them.
func (y *yamlText) place(line []byte) error {
	if taken, err := y.items.line(line); taken || err != nil {
		return err
	}
	if int64(y.text.Len()+len(line)) > y.plain.limits.Object {
		return errLimit
	}
	y.text.Write(line)
	return nil
}

// item takes in one item of a list.
func (y *yamlText) item(text []byte) error {
	raw, err := y.plain.fromYAML(text)
	if err != nil {
		return err
	}
	y.found.listed = true
	y.found.items = append(y.found.items, raw)
	return y.plain.meter.take(int64(len(raw)) + memberCost)
}

// end takes in the document, and begins another.
func (y *yamlText) end() error {
	if y.split {
		if err := y.items.end(); err != nil {
			return err
		}
	}
	raw, err := y.plain.fromYAML(y.text.Bytes())
	found := y.found
	*y = yamlText{plain: y.plain}
	if err != nil || string(raw) == "null" && !found.listed {
		return err
	}
	if err := json.Unmarshal(raw, &found.fields); err != nil {
		return y.plain.foreign(err)
	}
	if !found.listed {
		if err := found.unfold(); err != nil {
			return err
		}
	}
	return y.plain.document(&found)
}

// fromYAML is a text of YAML as JSON.
func (p *plain) fromYAML(text []byte) ([]byte, error) {
	if err := weigh(text, p.limits); err != nil {
		return nil, err
	}
	raw, err := yaml.YAMLToJSON(text)
	if err != nil {
		return nil, p.foreign(err)
	}
	// A list has as many values as its objects have together.
	limits := p.limits
	limits.Values *= 2
	if _, err := survey(raw, limits); err != nil {
		return nil, damaged{p.where(), err}
	}
	return raw, nil
}
