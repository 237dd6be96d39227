package action

import (
	"errors"
	"net/http"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// TestServiceRefusal tells the API server's answers from those of an app, and says what each means.
func TestServiceRefusal(t *testing.T) {
	tests := map[string]struct {
		code       int
		kind, body string
		want       string
	}{
		"an app's own error":     {code: 503, kind: "text/plain", body: "later"},
		"an app's own JSON":      {code: 404, kind: "application/json", body: `{"error": "no such path"}`},
		"a good answer":          {code: 200, kind: "application/json", body: `{"kind": "Status", "status": "Failure"}`},
		"an app that is an API":  {code: 404, kind: "application/json", body: `{"kind":"Status","status":"Failure","code":404,"message":"no pods","details":{"kind":"pods","name":"x"}}`},
		"no endpoint":            {code: 503, kind: "application/json", body: `{"kind":"Status","status":"Failure","code":503,"message":"no endpoints available for service \"web\""}`, want: "curl.service-empty"},
		"nobody listens":         {code: 503, kind: "application/json", body: `{"kind":"Status","status":"Failure","code":503,"message":"error trying to reach service: dial tcp 10.0.0.1:81: connect: connection refused"}`, want: "curl.service-refused"},
		"no way":                 {code: 503, kind: "application/json", body: `{"kind":"Status","status":"Failure","code":503,"message":"error trying to reach service: dial tcp 10.0.0.1:81: i/o timeout"}`, want: "curl.service-failed"},
		"no right":               {code: 403, kind: "application/json", body: `{"kind":"Status","status":"Failure","code":403,"reason":"Forbidden","message":"forbidden","details":{"kind":"services","name":"web:80"}}`, want: "error.forbidden"},
		"a Service that is gone": {code: 404, kind: "application/json", body: `{"kind":"Status","status":"Failure","code":404,"reason":"NotFound","message":"not found","details":{"kind":"services","name":"web"}}`, want: "error.not-found"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			response := &http.Response{StatusCode: test.code, Header: http.Header{"Content-Type": {test.kind}}}
			err := serviceRefusal(response, []byte(test.body), "shop", "web", "80")
			var said *message.Error
			id := ""
			if errors.As(err, &said) {
				id = said.ID
			}
			if id != test.want || (err == nil) != (test.want == "") {
				t.Errorf("got %v (%s), want %q", err, id, test.want)
			}
		})
	}
}
