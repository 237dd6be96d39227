package cluster

import (
	"errors"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// halfRead tells of a list of which some pages came, or returns nil. How it ended is a sentence of its own within.
func halfRead(err error, asked request) error {
	var list *listError
	if !errors.As(err, &list) {
		return nil
	}
	args := asked.args(err)
	args["Read"], args["Of"] = list.read, list.of
	cause := explain(list.cause, asked)
	var told *message.Error
	if args["Cause"] = cause.Error(); errors.As(cause, &told) {
		args["Cause"] = told
	}
	return message.Errorf(err, "error.half-read", args)
}

// misanswered tells of an answer that came too slowly, not whole, or from something that is no API server; it returns nil
// for others.
func misanswered(err error, asked request) error {
	args := asked.args(err)
	var endless *endlessError
	if errors.As(err, &endless) {
		args["Pages"] = endless.pages
		return message.Errorf(err, "error.endless", args)
	}
	var kind *kindError
	if errors.As(err, &kind) && (kind.isOther() || kind.isEmpty()) {
		args["Found"], args["Wanted"] = kind.found, kind.wanted
		return message.Errorf(err, "error.other-kind", args)
	}
	var stranger *strangerError
	if errors.As(err, &stranger) {
		args["Found"] = stranger.found
		return message.Errorf(err, "error.other-object", args)
	}
	var foreign *foreignError
	if errors.As(err, &foreign) {
		args["Server"], args["Code"], args["To"], args["Found"] = foreign.server, foreign.code, foreign.elsewhere, foreign.found
		switch {
		case foreign.page:
			return message.Errorf(err, "error.page", args)
		case foreign.elsewhere != "":
			return message.Errorf(err, "error.elsewhere", args)
		}
		return message.Errorf(err, "error.foreign", args)
	}
	var long *longError
	if errors.As(err, &long) {
		args["Server"], args["Most"] = long.server, long.most>>20
		return message.Errorf(err, "error.too-long", args)
	}
	var broken *brokenError
	if errors.As(err, &broken) {
		args["Server"], args["Answered"], args["Bytes"] = broken.server, broken.answered, broken.bytes
		return message.Errorf(err, "error.broken-off", args)
	}
	var silent *silentError
	if errors.As(err, &silent) {
		args["Server"], args["Within"], args["Bytes"] = silent.server, silent.within.String(), silent.bytes
		args["Answered"], args["Whole"] = silent.answered, silent.whole
		return message.Errorf(err, "error.silent", args)
	}
	return nil
}
