package cluster_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// listener remembers what was waited for.
type listener struct {
	mu       sync.Mutex
	waits    []cluster.Wait
	answered int
}

func (l *listener) Waiting(wait cluster.Wait) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waits = append(l.waits, wait)
}

func (l *listener) Answered() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answered++
}

// heard are the bounds of a user's command, and what tells of them.
func heard() (*cluster.Bounds, *listener) {
	told, bounds := &listener{}, cluster.DefaultBounds()
	bounds.Waiter = told
	return bounds, told
}

// trickle sends a body bit by bit until it is all there or nobody listens.
func trickle(body []byte, size int, every time.Duration) reply {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for part := range slices.Chunk(body, size) {
			if _, err := w.Write(part); err != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return
			case <-time.After(every):
			}
		}
	}
}

// podList is a list of pods in JSON, with so much more to it.
func podList(padding int) []byte {
	return []byte(`{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1","x":"` + strings.Repeat("x", padding) + `"},"items":[{"metadata":{"name":"a"}}]}`)
}

var shopQuery = casefile.Query{Namespace: "shop"}

// abort ends the connection.
func abort(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestBounds(t *testing.T) {
	half := string(podList(0)[:60])
	tests := map[string]struct {
		timeout  string
		reply    reply
		took     time.Duration
		id, want string // The sentence.
	}{
		"silent":                         {"", hang, 30 * time.Second, "error.silent", " did not answer in time: nothing came within 30s to list pods; "},
		"stopped in the middle":          {"", stream(hang, half), 30 * time.Second, "error.silent", " did not answer in time: its answer to list pods stopped after 61 bytes, and too little came within 30s; "},
		"a byte a second":                {"", trickle(podList(50000), 1, time.Second), 30 * time.Second, "error.silent", " did not answer in time: its answer to list pods stopped after "},
		"silent, with a time-out":        {"2s", hang, 2 * time.Second, "error.silent", " did not answer in time: the whole answer to list pods was not there after 2s; "},
		"in the middle, with a time-out": {"2s", stream(hang, half), 2 * time.Second, "error.silent", " did not answer in time: the whole answer to list pods was not there after 2s; "},
		"moving, with a time-out":        {"2s", trickle(podList(500000), 500, 10*time.Millisecond), 2 * time.Second, "error.silent", " did not answer in time: the whole answer to list pods was not there after 2s; "},
		"silent, with minutes":           {"5m", hang, 5 * time.Minute, "error.silent", " did not answer in time: the whole answer to list pods was not there after 5m0s; "},
		"cut":                            {"", stream(abort, half), 0, "error.broken-off", " broke the connection off after 61 bytes of its answer to list pods; "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			timed(t, func(s *server) { s.expect(shopPods, test.reply) }, func(t *testing.T, s *server) {
				bounds, _ := heard()
				began := time.Now()
				answer := s.within(t, bounds, test.timeout).Pods(t.Context(), shopQuery)
				checkFailure(t, asString(answer), casefile.Failed, test.id, "the server "+s.http.URL+test.want)
				if took := time.Since(began); took != test.took {
					t.Errorf("it took %v, want %v", took, test.took)
				}
				if isLate := errors.Is(answer.Err, context.DeadlineExceeded); isLate != (test.took > 0) {
					t.Errorf("%v is a time-out: %v", answer.Err, isLate)
				}
			})
		})
	}
}

// TestEndlessAnswer: a server that sends and sends is not read until the memory is full.
func TestEndlessAnswer(t *testing.T) {
	timed(t, func(s *server) { s.expect(shopPods, trickle(podList(1_000_000), 10_000, 0)) }, func(t *testing.T, s *server) {
		bounds, _ := heard()
		bounds.Most = 1 << 19
		checkFailure(t, asString(s.within(t, bounds, "").Pods(t.Context(), shopQuery)), casefile.Failed, "error.too-long",
			"the server "+s.http.URL+" sent more than 0 MiB to list pods, and there was no end of it, so that podkit read no further; ")
	})
}

// TestASlowLinkIsNoFault: what moves is read to its end, however long it takes, and so is what was given more time.
func TestASlowLinkIsNoFault(t *testing.T) {
	for name, test := range map[string]struct {
		timeout string
		reply   reply
	}{
		"it moves":             {"", trickle(podList(1_000_000), 2000, time.Second)},
		"it was given minutes": {"5m", trickle(podList(0), 1, time.Second)},
	} {
		t.Run(name, func(t *testing.T) {
			timed(t, func(s *server) { s.expect(shopPods, test.reply) }, func(t *testing.T, s *server) {
				bounds, _ := heard()
				began := time.Now()
				answer := s.within(t, bounds, test.timeout).Pods(t.Context(), shopQuery)
				if names := named(answer); answer.Err != nil || len(names) != 1 || time.Since(began) < time.Minute {
					t.Errorf("got %v, %v after %v", names, answer.Err, time.Since(began))
				}
			})
		})
	}
}

func TestWaitsAreTold(t *testing.T) {
	timed(t, func(s *server) {
		s.expect(shopPods, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(5500 * time.Millisecond)
			object(pods("", "a"))(w, r)
		})
		s.expect(shopPods+"/b", func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(2900 * time.Millisecond)
			object(pod("b"))(w, r)
		})
	}, func(t *testing.T, s *server) {
		bounds, told := heard()
		reader := s.within(t, bounds, "")
		if answer := reader.Pods(t.Context(), shopQuery); answer.Err != nil {
			t.Fatal(answer.Err)
		}
		if len(told.waits) != 3 || told.answered != 1 {
			t.Fatalf("told %+v, and %d times that it was over; want three seconds, and once", told.waits, told.answered)
		}
		if want := (cluster.Wait{Server: s.http.URL, Verb: "list", Resource: "pods", Namespace: "shop", For: 3 * time.Second}); told.waits[0] != want {
			t.Errorf("told %+v, want %+v", told.waits[0], want)
		}
		if answer := reader.Pods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"b"}}); answer.Err != nil || len(told.waits) != 3 {
			t.Errorf("what came soon was told: %+v, %v", told.waits, answer.Err)
		}
	})
}

// later asks to be asked again.
func later(code int, seconds string) reply {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", seconds)
		refuse(code, metav1.StatusReasonTooManyRequests, "too many requests, please try again later")(w, r)
	}
}

func TestRetryAfter(t *testing.T) {
	timed(t, func(s *server) {
		s.expect(shopPods, later(http.StatusTooManyRequests, "4"), later(http.StatusServiceUnavailable, "2"), object(pods("", "a")))
		s.expect(shopPods+"/b", later(http.StatusTooManyRequests, "3600"))
		for range 3 { // 0, 12 and 24 s; another would be too late.
			s.expect(shopPods+"/c", later(http.StatusTooManyRequests, "12"))
		}
	}, func(t *testing.T, s *server) {
		bounds, told := heard()
		reader := s.within(t, bounds, "")
		began := time.Now()
		if answer := reader.Pods(t.Context(), shopQuery); answer.Err != nil || len(answer.Value) != 1 || time.Since(began) != 6*time.Second {
			t.Errorf("got %v, %v after %v", named(answer), answer.Err, time.Since(began))
		}
		if len(told.waits) == 0 || told.waits[0].Pause != 4*time.Second {
			t.Errorf("told %+v", told.waits)
		}
		if got := reader.Stats().Requests; got != 3 {
			t.Errorf("counted %d requests, want all three", got)
		}
		// A pause that does not fit into the bound is not made, and not by client-go either.
		for name, want := range map[string]time.Duration{"b": 0, "c": 24 * time.Second} {
			began := time.Now()
			answer := reader.Pods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{name}})
			checkFailure(t, asString(answer), casefile.Failed, "error.busy", "the server is too busy to get pods: too many requests, please try again later; ")
			if took := time.Since(began); took != want {
				t.Errorf("%s took %v, want %v", name, took, want)
			}
		}
	})
}

// TestABrokenConnectionIsTriedAgain: an API server that is started anew, say.
func TestABrokenConnectionIsTriedAgain(t *testing.T) {
	timed(t, func(s *server) {
		s.expect(shopPods, abort, object(pods("", "a")))
		s.always[shopPods+"/b"] = abort
	}, func(t *testing.T, s *server) {
		bounds, _ := heard()
		if answer := s.within(t, bounds, "").Pods(t.Context(), shopQuery); answer.Err != nil || len(answer.Value) != 1 {
			t.Errorf("got %v, %v", named(answer), answer.Err)
		}
		for timeout, want := range map[string]time.Duration{"": 9 * time.Second, "2s": time.Second} {
			began := time.Now()
			answer := s.within(t, bounds, timeout).Pods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"b"}})
			checkFailure(t, asString(answer), casefile.Failed, "error.broken-off", "the server "+s.http.URL+" broke the connection off before it answered to get pods; ")
			if took := time.Since(began); took != want {
				t.Errorf("with %q it took %v, want %v", timeout, took, want)
			}
		}
	})
}

// TestTheTimeIsOverInAnAttempt: what the attempts before came to says more than that.
func TestTheTimeIsOverInAnAttempt(t *testing.T) {
	timed(t, func(s *server) {
		s.expect(shopPods, abort, hang)
		s.expect(shopPods+"/b", later(http.StatusTooManyRequests, "1"), hang)
	}, func(t *testing.T, s *server) {
		bounds, _ := heard()
		reader := s.within(t, bounds, "3s")
		checkFailure(t, asString(reader.Pods(t.Context(), shopQuery)), casefile.Failed, "error.broken-off", "the server "+s.http.URL+" broke the connection off before it answered to list pods; ")
		bounds, _ = heard()
		answer := s.within(t, bounds, "3s").Pods(t.Context(), casefile.Query{Namespace: "shop", Names: []string{"b"}})
		checkFailure(t, asString(answer), casefile.Failed, "error.busy", "the server is too busy to get pods: too many requests, please try again later; ")
	})
}

// TestASilentServerIsHurried: dozens of questions do not each wait for the whole bound.
func TestASilentServerIsHurried(t *testing.T) {
	half := stream(hang, string(podList(0)[:60]))
	timed(t, func(s *server) { s.expect(shopPods, hang, half, hang, object(pods("", "a")), half, hang) }, func(t *testing.T, s *server) {
		bounds, _ := heard()
		reader := s.within(t, bounds, "")
		for _, want := range []string{"nothing came within 30s", "too little came within 5s", "nothing came within 750ms", "", "too little came within 30s", "nothing came within 5s"} {
			answer := reader.Pods(t.Context(), shopQuery)
			if want == "" && answer.Err != nil || want != "" && (answer.Err == nil || !strings.Contains(answer.Err.Error(), want)) {
				t.Errorf("got %v, want %q", answer.Err, want)
			}
		}
	})
}

// TestDiscoveryIsBounded: it has a client of its own in cli-runtime, which keeps the time for itself.
func TestDiscoveryIsBounded(t *testing.T) {
	s := serve(t)
	s.always["/api"], s.always["/apis"] = hang, hang
	bounds := cluster.DefaultBounds()
	bounds.Silence = 60 * time.Millisecond
	rollouts := s.bounded(bounds).Objects(t.Context(), "rollouts", shopQuery)
	checkFailure(t, asString(rollouts), casefile.Failed, "error.silent", "the server "+s.http.URL+" did not answer in time: nothing came within ")
}

// TestWhatEveryServerHasNeedsNoDiscovery: a refused /apis does not hide Deployments.
func TestWhatEveryServerHasNeedsNoDiscovery(t *testing.T) {
	for name, refusal := range map[string]reply{"refused": forbidden, "broken": broken, "a login page": as(200, "text/html", loginPage)} {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			s.always["/api"], s.always["/apis"] = refusal, refusal
			s.expect("/apis/apps/v1/namespaces/shop/deployments", text(`{"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{},"items":[]}`))
			reader := s.bounded(cluster.DefaultBounds())
			if answer := reader.Objects(t.Context(), "deploy", shopQuery); answer.Err != nil {
				t.Error(answer.Err)
			}
			if reader.IsType("rollouts") || !reader.IsType("sts") {
				t.Error("it is not known what every server has")
			}
			if answer := reader.Objects(t.Context(), "rollouts", shopQuery); answer.Err == nil || strings.Contains(answer.Err.Error(), "rollouts") {
				t.Errorf("rollouts are %v; want that the resources could not be read", answer)
			}
		})
	}
}

// TestWhatMayTakeForEverIsLetBe: a watch, a followed log, and what is passed on for others.
func TestWhatMayTakeForEverIsLetBe(t *testing.T) {
	anHour := func(r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(time.Hour):
		}
	}
	late := func(w http.ResponseWriter, r *http.Request) {
		anHour(r)
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<p>hello")
	}
	timed(t, func(s *server) {
		s.always[shopPods+"/a/log"], s.always["/x"] = late, late
		s.always[shopPods] = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.(http.Flusher).Flush()
			anHour(r)
			_, _ = io.WriteString(w, "hello")
		}
	}, func(t *testing.T, s *server) {
		bounds, told := heard()
		config := s.within(t, bounds, "2s").Config()
		client := &http.Client{Transport: config.WrapTransport(wire{s})}
		for path, ctx := range map[string]context.Context{
			shopPods + "/a/log?follow=true": t.Context(), shopPods + "?watch=true": t.Context(), "/x": cluster.Unbounded(t.Context()),
		} {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.http.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := client.Do(request)
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			read, err := io.ReadAll(response.Body)
			if err != nil || !strings.Contains(string(read), "hello") {
				t.Errorf("%s: %q, %v", path, read, err)
			}
			if err := response.Body.Close(); err != nil {
				t.Error(err)
			}
		}
		if len(told.waits) > 0 {
			t.Errorf("told %+v", told.waits)
		}
		// The log that is not followed has an end, also for those who read with Config.
		answer := s.within(t, bounds, "2s").Log(t.Context(), casefile.Question{Namespace: "shop", Name: "a", Container: "c"})
		checkFailure(t, asString(answer), casefile.Failed, "error.silent", "the server "+s.http.URL+" did not answer in time: the whole answer to get pods/log was not there after 2s; ")
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.http.URL+shopPods+"/a/log", nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(request)
		if err == nil {
			_ = response.Body.Close()
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, %v", response, err)
		}
	})
}
