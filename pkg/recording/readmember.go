package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// member takes in what one member tells. Members that this version does not know are passed over: what a reader must not
// pass over comes with a new version of the format.
func (r *reader) member(name string, data []byte) error {
	if r.ended {
		return damaged{name, errors.New("it comes after the end")}
	}
	parts := strings.Split(name, "/")
	var err error
	switch parts[0] {
	case objectsFolder:
		err = r.addObjects(parts, data)
	case logsFolder:
		err = r.addLog(parts, data)
	case resourcesFolder:
		err = each(r, data, &r.found.Resources)
	case listingsFolder:
		err = each(r, data, &r.found.listings)
	case refusalsFolder:
		err = each(r, data, &r.found.refusals)
	case answersFolder:
		err = each(r, data, &r.found.answers)
	case headerMember:
		r.ended = true
		err = r.decode(data, &r.found.Header)
	}
	if err != nil {
		return damaged{name, err}
	}
	return nil
}

// addObjects reads objects, one a line.
func (r *reader) addObjects(parts []string, data []byte) error {
	gvr, ok := resourceOf(parts)
	if !ok {
		return errors.New("not the name of a member of objects")
	}
	for line := range bytes.Lines(data) {
		if r.objects++; r.objects > r.limits.Objects {
			return errLimit
		}
		object, err := parseObject(line, r.limits.Depth)
		if err != nil {
			return err
		}
		r.found.objects[gvr] = append(r.found.objects[gvr], object)
	}
	return nil
}

// addLog reads a log, or what is to say of one; the two members of a log come in any order.
func (r *reader) addLog(parts []string, data []byte) error {
	key, end, ok := logKeyOf(parts)
	if !ok {
		return errors.New("not the name of a log")
	}
	if r.entries++; r.entries > r.limits.Entries {
		return errLimit
	}
	tail := r.found.logs[key]
	if end == logText {
		tail.Text = string(data)
	} else {
		var told logMember
		if err := r.decode(data, &told); err != nil {
			return err
		}
		tail.Cut, tail.Failure = told.Cut, told.Failure
	}
	r.found.logs[key] = tail
	return nil
}

// each reads values, one a line.
func each[T any](r *reader, data []byte, into *[]T) error {
	for line := range bytes.Lines(data) {
		if r.entries++; r.entries > r.limits.Entries {
			return errLimit
		}
		var value T
		if err := r.decode(line, &value); err != nil {
			return err
		}
		*into = append(*into, value)
	}
	return nil
}

// decode reads JSON that is not nested too deep.
func (r *reader) decode(data []byte, into any) error {
	if deeper(data, r.limits.Depth) {
		return fmt.Errorf("it is nested deeper than %d levels", r.limits.Depth)
	}
	return json.Unmarshal(data, into)
}
