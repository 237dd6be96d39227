package probe

import (
	"net/http"
	"strconv"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// statusFailure tells what an HTTP status says of an app. The kubelet takes those from 200 to 399 for success
// (kubernetes pkg/probe/http/http.go, DoHTTPProbe), and never tells the body.
func (f *failing) statusFailure(code string) cause {
	number, _ := strconv.Atoi(code) // Three digits.
	text := code
	if name := http.StatusText(number); name != "" {
		text += " " + name
	}
	form := ""
	switch {
	case number == http.StatusNotFound, number == http.StatusMethodNotAllowed:
		form = "path"
	case number == http.StatusUnauthorized, number == http.StatusForbidden:
		form = "login"
	case number == http.StatusBadRequest && !f.https():
		form = "request"
	case number >= http.StatusInternalServerError:
		form = "unwell"
	}
	return cause{"probe-http-status", form, message.Args{"Status": text, "Path": f.path()}}
}

// path is the path that an HTTP probe asks.
func (c check) path() string {
	if c.spec.HTTPGet == nil || c.spec.HTTPGet.Path == "" {
		return "/"
	}
	return c.spec.HTTPGet.Path
}
