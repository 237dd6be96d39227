package cluster

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// exchange is one request and its answer, as far as time goes. Only time that is spent waiting counts: who reads an answer
// at leisure, as a pager does, is not the server's fault.
type exchange struct {
	bounds  *Bounds
	asked   asked
	address string
	op      string // As net/http names it in errors: "Get".
	ctx     context.Context
	cancel  context.CancelFunc
	began   time.Time
	// total bounds the whole, silence the time without progress, least is what progress is; 0 for no bound.
	total, silence time.Duration
	least          int64
	hurried        int32 // What gone was.

	left, quiet time.Duration // What remains of silence, and how long nothing has moved.
	since, all  int64         // Bytes since the last progress, and altogether.
	answered    bool
	expired     atomic.Pointer[silentError]
}

// begin prepares the exchange for a request.
func (t *bounded) begin(request *http.Request, asked asked) *exchange {
	e := &exchange{
		bounds: t.bounds, asked: asked, address: request.URL.Redacted(), op: request.Method[:1] + strings.ToLower(request.Method[1:]), began: time.Now(),
		least: t.bounds.Least,
	}
	e.hurried = t.bounds.gone.Load()
	e.total, e.silence = t.bounds.patience(t.timeout, e.hurried)
	if asked.app {
		// An app may say little at a time. Who has set a time for it is not hurried, and any byte is progress.
		e.total, e.least = 0, 1
		if _, set := request.Context().Deadline(); set {
			e.silence = 0
		}
	}
	e.ctx, e.cancel = context.WithCancel(request.Context())
	e.left = e.silence
	return e
}

// during does work that waits for the server, within what is left.
func (e *exchange) during(work func()) {
	begun, quiet := time.Now(), e.quiet
	why := &silentError{server: e.asked.server, bytes: e.all, answered: e.answered, within: e.silence}
	left := e.left
	if e.total > 0 {
		if whole := e.total - time.Since(e.began); whole <= left {
			left, why.within, why.whole = max(whole, 0), e.total, true
		}
	}
	expire := func() {
		// An answer that was on its way until the end is a big one, and tells nothing of the next.
		if quiet+left >= why.within/2 {
			e.bounds.gone.Store(min(e.hurried+1, 2))
		}
		e.expired.Store(why)
		e.cancel()
	}
	if left > 0 || why.whole {
		defer time.AfterFunc(left, expire).Stop()
	}
	end := e.bounds.tell(max(e.bounds.Tell-e.quiet, 0), e.wait)
	work()
	end()
	if deadline, set := e.ctx.Deadline(); why.whole && set && e.expired.Load() == nil && !time.Now().Before(deadline) {
		// A client's own clock is set to the same, and may be a moment earlier. It ends the request before the context's
		// error tells of it (net/http client.go, setRequestCancel).
		expire()
	}
	waited := time.Since(begun)
	e.quiet += waited
	if e.silence > 0 {
		e.left = max(e.left-waited, 1)
	}
}

// wait is what is told of the exchange.
func (e *exchange) wait() Wait {
	return Wait{
		Server: e.asked.server, Verb: e.asked.verb, Resource: e.asked.resource, Namespace: e.asked.namespace, Name: e.asked.name,
		For: time.Since(e.began),
	}
}

// progress gives the server its time anew once enough has come.
func (e *exchange) progress(bytes int) {
	e.all += int64(bytes)
	if e.since += int64(bytes); e.since >= e.least {
		e.since, e.left, e.quiet = 0, e.silence, 0
		e.bounds.gone.Store(0)
	}
}

// send makes one attempt.
func (e *exchange) send(request *http.Request, next http.RoundTripper) (response *http.Response, err error) {
	e.left, e.quiet, e.answered = e.silence, 0, false
	e.during(func() { response, err = e.trip(request.WithContext(e.ctx), next) }) //nolint:bodyclose // It is handed out.
	if err != nil {
		return nil, e.failure(err)
	}
	e.answered, e.left, e.quiet = true, e.silence, 0
	return response, nil
}

// trip passes a request on. Who asks for a stream (exec) is heard until the bound only, whatever the transport does:
// client-go's do not look at a request's context while they wait for the switch of protocols.
func (e *exchange) trip(request *http.Request, next http.RoundTripper) (*http.Response, error) {
	if !e.asked.upgrade {
		return next.RoundTrip(request)
	}
	type answer struct {
		response *http.Response
		err      error
	}
	come := make(chan answer, 1)
	go func() {
		response, err := next.RoundTrip(request) //nolint:bodyclose // It is handed out.
		come <- answer{response, err}
	}()
	select {
	case a := <-come:
		return a.response, a.err
	case <-e.ctx.Done():
		return nil, e.ctx.Err()
	}
}

// failure is what an error of the transport means: that the time was over, that the connection broke, or itself.
func (e *exchange) failure(err error) error {
	if expired := e.expired.Load(); expired != nil {
		return expired
	}
	if e.ctx.Err() != nil || !brokenOff(err) {
		return err
	}
	return &brokenError{server: e.asked.server, answered: e.answered, bytes: e.all, cause: err}
}

// body bounds the waits for the parts of an answer.
type body struct {
	io.ReadCloser
	*exchange
}

// Read reads the next part. An error tells the URL, as those of a request do.
func (b *body) Read(p []byte) (n int, err error) {
	b.during(func() { n, err = b.ReadCloser.Read(p) })
	b.progress(n)
	if b.all > b.bounds.Most && !b.asked.text && !b.asked.app {
		b.cancel()
		return n, &url.Error{Op: b.op, URL: b.address, Err: &longError{server: b.asked.server, most: b.bounds.Most}}
	}
	if err == nil {
		return n, nil
	}
	if err == io.EOF {
		b.bounds.gone.Store(0)
	} else {
		err = &url.Error{Op: b.op, URL: b.address, Err: b.failure(err)}
	}
	b.cancel()
	return n, err
}

// Close ends the exchange.
func (b *body) Close() error {
	err := b.ReadCloser.Close()
	b.cancel()
	return err
}

// closing ends an exchange whose answer may take for ever.
type closing struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close ends the exchange.
func (c closing) Close() error {
	c.cancel()
	return c.ReadCloser.Close()
}
