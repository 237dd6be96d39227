package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// parseObject reads an object and puts its JSON into the one form that it is kept in.
func parseObject(raw []byte, depth int) (Object, error) {
	if deeper(raw, depth) {
		return Object{}, fmt.Errorf("it is nested deeper than %d levels", depth)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var content map[string]any
	if err := decoder.Decode(&content); err != nil {
		// Not wrapped: that JSON ends early does not mean that the file does.
		return Object{}, fmt.Errorf("it is no JSON object: %v", err) //nolint:errorlint // See above.
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Object{}, errors.New("there is more than one value")
	}
	metadata, _ := content["metadata"].(map[string]any)
	object := Object{Namespace: text(metadata, "namespace"), Name: text(metadata, "name"), UID: text(metadata, "uid"), Revision: text(metadata, "resourceVersion")}
	if object.Name == "" {
		return Object{}, errors.New("it has no name")
	}
	var err error
	object.Raw, err = marshal(content)
	return object, err
}

func text(from map[string]any, key string) string {
	value, _ := from[key].(string)
	return value
}

// deeper reports whether JSON is nested deeper than that, before a decoder follows it there.
func deeper(raw []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
