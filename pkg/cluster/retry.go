package cluster

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	utilnet "k8s.io/apimachinery/pkg/util/net"
)

// mostAttempts is how often a request is sent at most, as by client-go (rest/request.go, defaultMaxRetries).
const mostAttempts = 10

// lull is the pause before a request whose connection broke is sent again, as by client-go.
const lull = time.Second

// answer sends a request until it is answered. What client-go would do in silence, and for minutes, is done here within the
// bounds, and told: waiting where the server asks for it (Retry-After), and asking again where the connection broke before
// there was an answer. It never leaves client-go a reason to do the same.
func (e *exchange) answer(request *http.Request, next http.RoundTripper) (*http.Response, error) {
	var before outcome // What came of the attempt before: it says more than that the time was over in the midst of the next.
	for attempt := 1; ; attempt++ {
		response, err := e.send(request, next)
		over := e.expired.Load() != nil && !before.isZero()
		if over {
			response, err = before.response, before.err
		}
		pause, again := e.again(request, response, err)
		if again && !over && attempt < mostAttempts && e.affords(pause) {
			before = e.kept(response, err)
			if request, err = e.rewound(request, pause); err == nil {
				continue
			}
		}
		if err != nil {
			e.cancel()
			return nil, err
		}
		return e.taken(request, response)
	}
}

// outcome is what came of an attempt.
type outcome struct {
	response *http.Response
	err      error
}

func (o outcome) isZero() bool { return o.response == nil && o.err == nil }

// mostRefusal bounds what is kept of an answer that says: later.
const mostRefusal = 64 << 10

// kept is an outcome with the body of its answer read, or none when that does not come.
func (e *exchange) kept(response *http.Response, err error) outcome {
	if response == nil {
		return outcome{err: err}
	}
	var text []byte
	e.during(func() { text, err = io.ReadAll(io.LimitReader(response.Body, mostRefusal)) })
	_ = response.Body.Close() // It was read.
	if err != nil {
		return outcome{}
	}
	response.Body = io.NopCloser(bytes.NewReader(text))
	return outcome{response: response}
}

// taken hands out an answer.
func (e *exchange) taken(request *http.Request, response *http.Response) (*http.Response, error) {
	// A protocol switch hands out its body as a connection, which lives on.
	if response.StatusCode == http.StatusSwitchingProtocols {
		return response, nil
	}
	if !e.asked.app {
		if err := foreign(request, response, e.asked); err != nil {
			_ = response.Body.Close() // Nobody reads it.
			e.cancel()
			return nil, err
		}
		response.Header.Del("Retry-After")
	}
	if e.asked.watch && response.StatusCode == http.StatusOK {
		response.Body = closing{response.Body, e.cancel}
		return response, nil
	}
	response.Body = &body{ReadCloser: response.Body, exchange: e}
	return response, nil
}

// again reports whether a request is to be sent once more, and after what pause.
func (e *exchange) again(request *http.Request, response *http.Response, err error) (pause time.Duration, again bool) {
	switch {
	case e.asked.app || e.asked.upgrade || request.Body != nil && request.Body != http.NoBody && request.GetBody == nil:
		return 0, false
	case err != nil:
		var broken *brokenError
		return lull, request.Method == http.MethodGet && errors.As(err, &broken)
	case response.StatusCode != http.StatusTooManyRequests && response.StatusCode < http.StatusInternalServerError:
		return 0, false
	}
	seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
	return time.Duration(seconds) * time.Second, err == nil && seconds >= 0
}

// affords reports whether there is time for a pause.
func (e *exchange) affords(pause time.Duration) bool {
	bound := e.silence
	if e.total > 0 {
		bound = e.total
	}
	return time.Since(e.began)+pause < bound
}

// pause leaves the server alone.
func (e *exchange) pause(pause time.Duration) {
	end := e.bounds.tell(min(e.bounds.Tell, pause/2), func() Wait {
		wait := e.wait()
		wait.Pause = pause
		return wait
	})
	defer end()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-e.ctx.Done():
	}
}

// rewound is a request that can be sent again, after a pause.
func (e *exchange) rewound(request *http.Request, pause time.Duration) (*http.Request, error) {
	if e.pause(pause); e.ctx.Err() != nil {
		return nil, e.failure(e.ctx.Err())
	}
	if request.GetBody == nil {
		return request, nil
	}
	body, err := request.GetBody()
	if err != nil {
		return nil, err
	}
	request = request.Clone(request.Context())
	request.Body = body
	return request, nil
}

// brokenOff reports whether a connection ended under a request.
func brokenOff(err error) bool {
	return utilnet.IsConnectionReset(err) || utilnet.IsProbableEOF(err) || utilnet.IsHTTP2ConnectionLost(err)
}
