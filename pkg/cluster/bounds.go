package cluster

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"k8s.io/client-go/rest"
)

// Bounds are how long an API server may take to answer, and who is told that it has not yet. They hold for every request
// of a configuration that Wrap was given, discovery included, but for what may rightly take for ever: watches, logs that
// are followed, connections that are handed over (exec), and what was asked for with Unbounded.
type Bounds struct {
	// Silence is how long an answer may be waited for without progress. Progress is the beginning of the answer, and then
	// every Least bytes: a slow link is let be, a byte a second is not. It takes the place of this when --request-timeout is
	// given, which bounds the whole of a request.
	Silence time.Duration
	Least   int64
	// Most is the size of the greatest answer that is held in memory as a whole, in bytes.
	Most int64
	// Tell is after how long without progress the Waiter is told; nil is told nothing.
	Tell   time.Duration
	Waiter Waiter

	// gone is 1 when the server has let a request wait for the whole of its time and has given no whole answer since, and 2 when it
	// has done the same to one that was hurried.
	gone atomic.Int32
}

// DefaultBounds are those of a user's command: a server that moves a kilobyte a second is not given up, and a page of 500
// objects has room for half a megabyte each, which is a hundred times what they mostly take.
func DefaultBounds() *Bounds {
	return &Bounds{Silence: 30 * time.Second, Least: 32 << 10, Most: 256 << 20, Tell: 3 * time.Second}
}

// A server that has just used up the whole of its time is hurried, since dozens of questions would wait for it, one after the
// other: it has a sixth of it then, or short where that is more, and shortest when that was in vain, too.
const (
	hurry    = 6
	short    = 2 * time.Second
	shortest = 750 * time.Millisecond
)

// patience is how long the next request may take in all, 0 for any time, and how long it may go without progress.
func (b *Bounds) patience(timeout time.Duration, gone int32) (total, silence time.Duration) {
	total, silence = timeout, cmp.Or(timeout, b.Silence)
	switch gone {
	case 0:
		return total, silence
	case 1:
		return min(total, max(total/hurry, short)), min(silence, max(silence/hurry, short))
	}
	return min(total, shortest), min(silence, shortest)
}

// Wait is a request that waits for the server.
type Wait struct {
	Server string
	// Verb, Resource, Namespace and Name are what is asked, in the terms of RBAC.
	Verb, Resource, Namespace, Name string
	// For is how long it has been waited.
	For time.Duration
	// Pause is how long the server asked to be left alone, if it did.
	Pause time.Duration
}

// Waiter is told what is waited for, each second, and that there is an answer now, before anybody sees it. Its methods may
// be called at the same time.
type Waiter interface {
	Waiting(wait Wait)
	Answered()
}

// Wrap returns a configuration whose requests are bounded. It has the form of cli-runtime's ConfigFlags.WrapConfigFn.
func (b *Bounds) Wrap(config *rest.Config) *rest.Config {
	config = rest.CopyConfig(config)
	timeout, base := config.Timeout, ""
	if at, err := url.Parse(config.Host); err == nil {
		base = strings.TrimRight(at.Path, "/")
	}
	config.Wrap(func(next http.RoundTripper) http.RoundTripper {
		return &bounded{bounds: b, timeout: timeout, base: base, next: next}
	})
	return config
}

// unbounded marks a context.
type unbounded struct{}

// Unbounded lets the requests of a context take as long as they like, and answer what they like: those that are passed on
// for somebody else.
func Unbounded(ctx context.Context) context.Context { return context.WithValue(ctx, unbounded{}, true) }

// bounded keeps the bounds of each request of a transport.
type bounded struct {
	bounds  *Bounds
	timeout time.Duration // That of --request-timeout, 0 for none.
	base    string        // The path of the server's URL.
	next    http.RoundTripper
}

// RoundTrip sends the request, and again where the server asks for that or has broken off; see exchange.
func (t *bounded) RoundTrip(request *http.Request) (*http.Response, error) {
	asked := askedOf(request, t.base)
	if asked.followed || request.Context().Value(unbounded{}) != nil {
		return t.next.RoundTrip(request)
	}
	return t.begin(request, asked).answer(request, t.next)
}

// tell tells of a wait until the returned function is called: after some time, and then each second. Nothing is told any
// more when that returns.
func (b *Bounds) tell(after time.Duration, wait func() Wait) (end func()) {
	if b.Waiter == nil {
		return func() {}
	}
	var mu sync.Mutex
	var over, told bool
	var timer *time.Timer
	mu.Lock()
	defer mu.Unlock()
	timer = time.AfterFunc(after, func() {
		mu.Lock()
		defer mu.Unlock()
		if over {
			return
		}
		told = true
		b.Waiter.Waiting(wait())
		timer.Reset(time.Second)
	})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		over = true
		timer.Stop()
		if told {
			b.Waiter.Answered()
		}
	}
}
