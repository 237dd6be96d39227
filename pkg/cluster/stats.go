package cluster

import (
	"io"
	"net/http"
	"sync/atomic"
)

// Count is what was asked of an API server: requests sent, and bytes of bodies read (after decompression).
type Count struct {
	Requests, Bytes int64
}

// Stats counts requests and bytes of a client. The zero value is ready; it is safe for concurrent use.
type Stats struct {
	requests, bytes atomic.Int64
}

func (s *Stats) count() Count {
	return Count{Requests: s.requests.Load(), Bytes: s.bytes.Load()}
}

// wrap puts the counter before a transport; it has the shape of client-go's transport.WrapperFunc.
func (s *Stats) wrap(next http.RoundTripper) http.RoundTripper {
	return counter{stats: s, next: next}
}

type counter struct {
	stats *Stats
	next  http.RoundTripper
}

// RoundTrip counts the request and, as its reader goes on, the body of its answer.
func (c counter) RoundTrip(request *http.Request) (*http.Response, error) {
	c.stats.requests.Add(1)
	response, err := c.next.RoundTrip(request)
	// A protocol switch hands out its body as a connection that must stay writable, so it is not wrapped.
	if err != nil || response.StatusCode == http.StatusSwitchingProtocols {
		return response, err
	}
	response.Body = countedBody{ReadCloser: response.Body, stats: c.stats}
	return response, nil
}

type countedBody struct {
	io.ReadCloser
	stats *Stats
}

func (b countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.stats.bytes.Add(int64(n))
	return n, err
}
