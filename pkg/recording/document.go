package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// document is what one document of a file says: an object, or a list whose items were read apart. The members are JSON.
type document struct {
	fields map[string]json.RawMessage
	// items are those of a list; listed is set where the document has any, or might.
	items  []json.RawMessage
	listed bool
}

// text is a member that is a text, else "".
func (d *document) text(name string) string {
	var text string
	if json.Unmarshal(d.fields[name], &text) != nil {
		return ""
	}
	return text
}

// name is the name in metadata: lists have none.
func (d *document) name() string {
	var metadata struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(d.fields["metadata"], &metadata) != nil {
		return ""
	}
	return metadata.Name
}

// unfold takes the items out of the members.
func (d *document) unfold() error {
	raw, isThere := d.fields["items"]
	if !isThere {
		return nil
	}
	if err := json.Unmarshal(raw, &d.items); err != nil {
		return nil //nolint:nilerr // They are no list, but a member as any other.
	}
	d.listed = true
	delete(d.fields, "items")
	return nil
}

// document takes in one document.
func (p *plain) document(d *document) error {
	p.at, p.item = p.at+1, -1
	version, whole := d.text("apiVersion"), d.text("kind")
	if version == "" || whole == "" {
		return message.Errorf(nil, "recording.foreign", nil)
	}
	kind, isList := strings.CutSuffix(whole, "List")
	if !isList || d.name() != "" {
		if d.listed {
			d.fields["items"], _ = marshal(d.items) // They were JSON before.
		}
		raw, err := marshal(d.fields)
		if err != nil {
			return damaged{p.where(), err}
		}
		return p.object(version, whole, raw, whole == "Pod")
	}
	if known, found := p.kindNamed(version, kind); found {
		p.complete(known) // A list of a kind may be empty; the items of an empty list may be null.
	}
	for i, item := range d.items {
		p.item, d.items[i] = i, nil
		if err := p.object(version, kind, item, true); err != nil {
			return err
		}
		p.meter.left += int64(len(item)) // It is kept in another form.
	}
	return nil
}

// where names the place in the file: "#2 items[3]" is the fourth item of the second document.
func (p *plain) where() string {
	place := fmt.Sprintf("#%d", p.at)
	if p.file != "" {
		place = p.file + " " + place
	}
	if p.item >= 0 {
		place += fmt.Sprintf(" items[%d]", p.item)
	}
	return place
}

// foreign is the error for what cannot be read as YAML or JSON, unless that has another cause.
func (p *plain) foreign(err error) error {
	if errors.Is(err, errLimit) || p.meter.ctx.Err() != nil {
		return err
	}
	return message.Errorf(err, "recording.foreign", nil)
}
