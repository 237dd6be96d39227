package probe

import "github.com/kubectl-podkit/podkit/pkg/message"

// statuses names the HTTP statuses that a probe may fail with (RFC 9110, section 15, and the registry it founds); others
// are told by their number alone.
var statuses = map[string]string{
	"400": "Bad Request", "401": "Unauthorized", "403": "Forbidden", "404": "Not Found", "405": "Method Not Allowed",
	"406": "Not Acceptable", "408": "Request Timeout", "410": "Gone", "421": "Misdirected Request", "426": "Upgrade Required",
	"429": "Too Many Requests", "431": "Request Header Fields Too Large",
	"500": "Internal Server Error", "501": "Not Implemented", "502": "Bad Gateway", "503": "Service Unavailable", "504": "Gateway Timeout",
}

// statusForms are the wordings for statuses that tell what is wrong; those from 500 up have one for all.
var statusForms = map[string]string{
	"400": "request", "401": "login", "403": "login", "404": "path", "405": "path",
}

// statusFailure tells what an HTTP status says of an app. The kubelet takes those from 200 to 399 for success
// (kubernetes pkg/probe/http/http.go, DoHTTPProbe), and never tells the body.
func (f *failing) statusFailure(code string) cause {
	status := code
	if name := statuses[code]; name != "" {
		status += " " + name
	}
	form := statusForms[code]
	switch {
	case code >= "500":
		form = "unwell"
	case form == "request" && f.https():
		form = ""
	}
	return cause{"probe-http-status", form, message.Args{"Status": status, "Path": f.path()}}
}

// path is the path that an HTTP probe asks.
func (c check) path() string {
	if c.spec.HTTPGet == nil || c.spec.HTTPGet.Path == "" {
		return "/"
	}
	return c.spec.HTTPGet.Path
}
