package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// gate fails where more than so many bytes are asked for between two resets.
type gate struct {
	bounded
	most int64
}

func (g *gate) reset() { g.left = g.most }

// isJSON reports whether what comes next is an object in JSON; YAML may begin with the same brace.
func isJSON(begin []byte) bool {
	inside, found := bytes.CutPrefix(bytes.TrimLeft(begin, " \t\r\n"), []byte("{"))
	inside = bytes.TrimLeft(inside, " \t\r\n")
	return found && len(inside) > 0 && (inside[0] == '"' || inside[0] == '}')
}

// json takes in documents of JSON, one object at a time. It returns what follows that is none.
func (p *plain) jsons(r io.Reader) (io.Reader, error) {
	in := &gate{bounded: bounded{reader: r}, most: p.limits.Object + chunk}
	in.reset()
	decoder := json.NewDecoder(in)
	for {
		d, err := p.jsonDocument(decoder, in)
		if err != nil {
			return nil, p.foreign(err)
		}
		if err := p.document(d); err != nil {
			return nil, err
		}
		in.reset()
		if !decoder.More() {
			return nil, nil
		}
		rest, err := io.ReadAll(decoder.Buffered())
		if err != nil {
			return nil, err
		}
		if !bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("{")) {
			return io.MultiReader(bytes.NewReader(rest), r), nil
		}
	}
}

// jsonDocument reads one object, and the items of a list apart.
func (p *plain) jsonDocument(decoder *json.Decoder, in *gate) (*document, error) {
	d := &document{fields: map[string]json.RawMessage{}}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	for members := 0; decoder.More(); members++ {
		if members > p.limits.Values {
			return nil, errLimit
		}
		in.reset()
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if name == "items" {
			if err := p.jsonItems(decoder, in, d); err != nil {
				return nil, err
			}
			continue
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		if err := p.meter.take(int64(len(name)+len(value)) + memberCost); err != nil {
			return nil, err
		}
		d.fields[name] = value
	}
	_, err := decoder.Token()
	return d, err
}

// jsonItems reads the items of a list. What is no list is taken for a member as any other.
func (p *plain) jsonItems(decoder *json.Decoder, in *gate, d *document) error {
	open, err := decoder.Token()
	if err != nil {
		return err
	}
	if open == nil {
		d.listed = true
		return nil
	}
	if open != json.Delim('[') {
		return errors.New("its items are no list")
	}
	d.listed = true
	for decoder.More() {
		in.reset()
		var item json.RawMessage
		if err := decoder.Decode(&item); err != nil {
			return err
		}
		if err := p.meter.take(int64(len(item)) + memberCost); err != nil {
			return err
		}
		d.items = append(d.items, item)
	}
	_, err = decoder.Token()
	return err
}
