package faults

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// answer is what a server does with a request instead of what good would do.
type answer func(w http.ResponseWriter, r *http.Request, good http.Handler)

// goodBody is what the good server would have answered.
func goodBody(r *http.Request, good http.Handler) (*httptest.ResponseRecorder, []byte) {
	recorder := httptest.NewRecorder()
	good.ServeHTTP(recorder, r.Clone(r.Context()))
	return recorder, recorder.Body.Bytes()
}

// begin sends the head of a good answer, and returns its body.
func begin(w http.ResponseWriter, r *http.Request, good http.Handler) []byte {
	recorder, body := goodBody(r, good)
	maps.Copy(w.Header(), recorder.Header())
	w.WriteHeader(recorder.Code)
	flush(w)
	return body
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

// half sends the first half of a good answer.
func half(w http.ResponseWriter, r *http.Request, good http.Handler) {
	body := begin(w, r, good)
	_, _ = w.Write(body[:len(body)/2])
	flush(w)
}

func silent(_ http.ResponseWriter, r *http.Request, _ http.Handler) { <-r.Context().Done() }

func stalled(w http.ResponseWriter, r *http.Request, good http.Handler) {
	begin(w, r, good)
	<-r.Context().Done()
}

func stalledHalf(w http.ResponseWriter, r *http.Request, good http.Handler) {
	half(w, r, good)
	<-r.Context().Done()
}

// slow sends a byte a second.
func slow(w http.ResponseWriter, r *http.Request, good http.Handler) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for _, b := range begin(w, r, good) {
		_, _ = w.Write([]byte{b})
		flush(w)
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
	}
}

// cutChunks ends in the middle of a body whose length was not told.
func cutChunks(w http.ResponseWriter, r *http.Request, good http.Handler) {
	half(w, r, good)
	panic(http.ErrAbortHandler)
}

// cutLength ends in the middle of a body whose length was told.
func cutLength(w http.ResponseWriter, r *http.Request, good http.Handler) {
	_, body := goodBody(r, good)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
	half(w, r, good)
	panic(http.ErrAbortHandler)
}

// reset ends the connection without a word, as a load balancer does.
func reset(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// killed dies in the middle of an answer, and comes back when back is not 0.
func killed(back time.Duration) func(*api) answer {
	return func(s *api) answer {
		var died atomic.Bool
		return func(w http.ResponseWriter, r *http.Request, good http.Handler) {
			if died.Swap(true) {
				good.ServeHTTP(w, r)
				return
			}
			half(w, r, good)
			if back == 0 {
				s.kill()
			} else {
				s.restart(back)
			}
		}
	}
}

// status refuses as API servers do.
func status(code int, reason metav1.StatusReason, message string) answer {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		body, _ := json.Marshal(metav1.Status{
			TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: metav1.StatusFailure,
			Code: int32(code), Reason: reason, Message: message,
		})
		raw(code, "application/json", string(body))(w, nil, nil)
	}
}

// raw answers with a text, whatever was asked for.
func raw(code int, kind, body string) answer {
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(code)
		_, _ = fmt.Fprint(w, body)
	}
}

// busy answers 429 the given number of times; -1 is always.
func busy(times int32, retryAfter string) func(*api) answer {
	return func(*api) answer {
		var left atomic.Int32
		left.Store(times)
		return func(w http.ResponseWriter, r *http.Request, good http.Handler) {
			if times >= 0 && left.Add(-1) < 0 {
				good.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Retry-After", retryAfter)
			status(http.StatusTooManyRequests, metav1.StatusReasonTooManyRequests, "the server has received too many requests")(w, r, good)
		}
	}
}

// endless answers every page of a list with its first one, and says that there are more.
func endless(fresh bool) func(*api) answer {
	return func(*api) answer {
		var pages atomic.Int64
		return func(w http.ResponseWriter, r *http.Request, good http.Handler) {
			query := r.URL.Query()
			query.Del("continue")
			first := r.Clone(r.Context())
			first.URL.RawQuery = query.Encode()
			recorder, body := goodBody(first, good)
			var list map[string]any
			if recorder.Code == http.StatusOK && json.Unmarshal(body, &list) == nil {
				if metadata, ok := list["metadata"].(map[string]any); ok {
					metadata["continue"] = "more"
					if fresh {
						metadata["continue"] = fmt.Sprintf("more-%d", pages.Add(1))
					}
				}
				body, _ = json.Marshal(list)
			}
			raw(recorder.Code, recorder.Header().Get("Content-Type"), string(body))(w, r, good)
		}
	}
}
