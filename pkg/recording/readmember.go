package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// member takes in what one member tells. Members that this version does not know are passed over: what a reader must not
// pass over comes with a new version of the format.
func (r *reader) member(name string, data []byte) error {
	if r.ended {
		return damaged{name, errors.New("it comes after the end")}
	}
	parts := strings.Split(name, "/")
	kind := parts[0]
	var err error
	switch parts[0] {
	case objectsFolder:
		kind = parts[min(3, len(parts)-1)]
		err = r.addObjects(parts, data)
	case logsFolder:
		err = r.addLog(parts, data)
	case resourcesFolder:
		err = each(r, data, &r.found.Resources, func(resource Resource) error { return checkResource(&resource) })
	case listingsFolder:
		err = each(r, data, &r.found.listings, checkListing)
	case refusalsFolder:
		err = each(r, data, &r.found.refusals, func(refusal Refusal) error { return checkRequest(refusal.Request) })
	case answersFolder:
		err = each(r, data, &r.found.answers, func(line answerLine) error { return checkAnswer(line.Key) })
	case headerMember:
		r.ended = true
		err = first(r.decode(data, &r.found.Header), optional("namespace", r.found.Header.Namespace, isLabel))
	}
	return located(name, kind, err)
}

// located says in which member something is wrong. kind is what an object there is.
func located(name, kind string, err error) error {
	var bad badName
	switch {
	case err == nil:
		return nil
	case errors.As(err, &bad):
		return bad.told(name, kind)
	}
	return damaged{name, err}
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
		object, content, err := parseObject(line, r.limits)
		if err != nil {
			return err
		}
		if err := first(checkObject(gvr.GroupResource(), object, content), r.meter.take(costOf(gvr.GroupResource(), object, content))); err != nil {
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
	if err := checkLog(key); err != nil {
		return err
	}
	if r.entries++; r.entries > r.limits.Entries {
		return errLimit
	}
	if err := r.meter.take(logCost + 3*int64(len(data))/2); err != nil {
		return err
	}
	tail := r.found.logs[key]
	if end == logText {
		tail.Text = string(data)
	} else {
		var told logMember
		if err := r.decode(data, &told); err != nil {
			return err
		}
		tail.Cut, tail.Broken, tail.Failure = told.Cut, told.Broken, told.Failure
	}
	r.found.logs[key] = tail
	return nil
}

// each reads values, one a line, that pass a check.
func each[T any](r *reader, data []byte, into *[]T, passes func(T) error) error {
	for line := range bytes.Lines(data) {
		if r.entries++; r.entries > r.limits.Entries {
			return errLimit
		}
		var value T
		if err := r.decode(line, &value); err != nil {
			return err
		}
		if err := passes(value); err != nil {
			return err
		}
		*into = append(*into, value)
	}
	return nil
}

// decode reads JSON that is neither nested too deep nor too much.
func (r *reader) decode(data []byte, into any) error {
	values, err := survey(data, r.limits)
	if err != nil {
		return err
	}
	if err := r.meter.take(entryCost + 2*int64(len(data)) + elementCost*int64(values)); err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
