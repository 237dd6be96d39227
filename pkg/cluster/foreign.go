package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// silentError is a server that has used up the time of a request.
type silentError struct {
	server string
	// within is the time that it had: for the whole of its answer, or else for going on with it.
	within   time.Duration
	whole    bool
	answered bool
	bytes    int64
}

func (e *silentError) Error() string {
	switch {
	case e.whole:
		return fmt.Sprintf("no whole answer within %s", e.within)
	case e.answered:
		return fmt.Sprintf("the answer stopped after %d bytes: too little came within %s", e.bytes, e.within)
	}
	return fmt.Sprintf("no answer within %s", e.within)
}

// Is lets the time be over as that of a context would be. It has no Timeout(), as client-go asks again, ten times, where
// there is one.
func (e *silentError) Is(target error) bool { return target == context.DeadlineExceeded }

// longError is an answer that is longer than any of an API server.
type longError struct {
	server string
	most   int64
}

func (e *longError) Error() string { return fmt.Sprintf("the answer is longer than %d bytes", e.most) }

// brokenError is a connection that ended under a request: before the answer, or within it.
type brokenError struct {
	server   string
	answered bool
	bytes    int64
	cause    error
}

func (e *brokenError) Error() string {
	if e.answered {
		return fmt.Sprintf("the connection broke after %d bytes of the answer", e.bytes)
	}
	return "the connection broke before there was an answer"
}

// Unwrap returns what the network said of half an answer. Of none it is kept back: client-go would ask again.
func (e *brokenError) Unwrap() error {
	if e.answered {
		return e.cause
	}
	return nil
}

// Cause says in a few words, without the URL that a client's errors repeat, why there is no answer or only half of one.
func Cause(err error) string {
	var list *listError
	var silent *silentError
	var broken *brokenError
	switch {
	case errors.As(err, &list):
		return list.Error()
	case errors.As(err, &silent):
		return silent.Error()
	case errors.As(err, &broken):
		return broken.Error()
	case brokenOff(err), errors.Is(err, io.ErrUnexpectedEOF):
		return "the answer broke off before its end"
	}
	return err.Error()
}

// foreignError is an answer that no API server gives: of a proxy, a login page, another program.
type foreignError struct {
	server string
	code   int
	// page is set for HTML, elsewhere for a redirection to another host; else found is what came.
	page             bool
	elsewhere, found string
}

func (e *foreignError) Error() string {
	switch {
	case e.page:
		return fmt.Sprintf("the server answered %d with an HTML page: a proxy or login page stands between", e.code)
	case e.elsewhere != "":
		return fmt.Sprintf("the server answered %d and sends to %s: a proxy or login page stands between", e.code, e.elsewhere)
	}
	return fmt.Sprintf("the server answered %d with %s, which is no answer of Kubernetes", e.code, e.found)
}

// foreign looks whether an answer is one of an API server, as far as its head tells.
func foreign(request *http.Request, response *http.Response, asked asked) error {
	found := &foreignError{server: asked.server, code: response.StatusCode}
	if response.StatusCode >= 300 && response.StatusCode < 400 {
		// The credentials would be sent along to wherever it points.
		if to, err := response.Location(); err == nil && to.Hostname() != request.URL.Hostname() {
			found.elsewhere = serverOf(to)
			return found
		}
		return nil
	}
	media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil {
		return nil //nolint:nilerr // It says nothing, or what nobody understands; the decoder will tell.
	}
	if media == "text/html" || media == "application/xhtml+xml" {
		found.page = true
		return found
	}
	succeeded := response.StatusCode >= 200 && response.StatusCode < 300
	if succeeded && !asked.text && request.Method != http.MethodHead && !encodes(media) {
		found.found = media
		return found
	}
	return nil
}

// encodes reports whether a media type is one of those in which objects come.
func encodes(media string) bool {
	for _, encoding := range []string{"json", "protobuf", "yaml", "cbor"} {
		if strings.Contains(media, encoding) {
			return true
		}
	}
	return false
}
