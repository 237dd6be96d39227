package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// parseObject reads an object and puts its JSON into the one form that it is kept in. The content is what was read.
func parseObject(raw []byte, limits Limits) (object Object, content map[string]any, err error) {
	if _, err := survey(raw, limits); err != nil {
		return Object{}, nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&content); err != nil {
		// Not wrapped: that JSON ends early does not mean that the file does.
		return Object{}, nil, fmt.Errorf("it is no JSON object: %v", err) //nolint:errorlint // See above.
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Object{}, nil, errors.New("there is more than one value")
	}
	metadata, _ := content["metadata"].(map[string]any)
	object = Object{Namespace: text(metadata, "namespace"), Name: text(metadata, "name"), UID: text(metadata, "uid"), Revision: text(metadata, "resourceVersion")}
	if object.Name == "" {
		return Object{}, nil, errors.New("it has no name")
	}
	object.Raw, err = marshal(content)
	return object, content, err
}

func text(from map[string]any, key string) string {
	value, _ := from[key].(string)
	return value
}

// tooDeep is the error for JSON that is nested deeper than that.
func tooDeep(most int) error { return fmt.Errorf("it is nested deeper than %d levels", most) }
