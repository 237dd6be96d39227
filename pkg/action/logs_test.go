package action

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
)

// recorder is a sink that keeps what it gets, and fails the test when it is called twice at a time.
type recorder struct {
	t        *testing.T
	busy     atomic.Bool
	lines    []string
	failures []string
	onLine   func() error
}

func (r *recorder) Line(stream LogStream, line []byte) error {
	if !r.busy.CompareAndSwap(false, true) {
		r.t.Error("two lines at the same time")
	}
	defer r.busy.Store(false)
	r.lines = append(r.lines, stream.Container+": "+string(line))
	if r.onLine != nil {
		return r.onLine()
	}
	return nil
}

func (r *recorder) Failed(_ LogStream, err error) { r.failures = append(r.failures, err.Error()) }

// streams are the logs of the containers of one pod.
func streams(containers ...string) []LogStream {
	p := pod(containers...)
	var all []LogStream
	for _, name := range containers {
		all = append(all, LogStream{Pod: p, Container: name})
	}
	return all
}

func TestLogsAsksTheServerForWhatIsWanted(t *testing.T) {
	var asked string
	client := connect(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = r.URL.RequestURI() }))
	lines, seconds := int64(7), int64(60)
	query := &LogQuery{PodLogOptions: corev1.PodLogOptions{TailLines: &lines, SinceSeconds: &seconds, Timestamps: true}}
	if _, err := client.Logs(t.Context(), query, []LogStream{{Pod: pod("app"), Container: "app", Previous: true}}, &recorder{t: t}); err != nil {
		t.Fatal(err)
	}
	want := "/api/v1/namespaces/shop/pods/web-0/log?container=app&previous=true&sinceSeconds=60&tailLines=7&timestamps=true"
	if asked != want {
		t.Errorf("asked %s\nwant  %s", asked, want)
	}
}

func TestOneLogThatFailsDoesNotKeepTheOthers(t *testing.T) {
	const unable = "unable to retrieve container logs for containerd://5f3c"
	tests := map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"refused by the kubelet": {
			func(w http.ResponseWriter, _ *http.Request) {
				status(w, 400, "BadRequest", `container "b" in pod "web-0" is waiting to start: ContainerCreating`, "", "")
			},
			`no log of container "b" of pod "web-0": container "b" in pod "web-0" is waiting to start: ContainerCreating; its state: kubectl podkit describe web-0 -n shop`,
		},
		"forbidden": {
			func(w http.ResponseWriter, _ *http.Request) { status(w, 403, "Forbidden", "no", "pods", "web-0") },
			`not allowed to get pods/log in namespace "shop": no; to check: kubectl auth can-i get pods/log -n shop`,
		},
		"gone": {
			func(w http.ResponseWriter, _ *http.Request) { status(w, 404, "NotFound", "no", "pods", "web-0") },
			`pod "web-0" not found in namespace "shop"; to see what is there: kubectl podkit get -n shop`,
		},
		"lost node": {
			func(w http.ResponseWriter, _ *http.Request) {
				status(w, 500, "InternalError", `Get "https://10.88.0.1:10250/containerLogs/shop/web-0/b": dial tcp 10.88.0.1:10250: connect: connection refused`, "", "")
			},
			`node node1, on which pod "web-0" runs, does not answer the API server: Get "https://10.88.0.1:10250/containerLogs/shop/web-0/b": dial tcp 10.88.0.1:10250: connect: connection refused; its state: kubectl podkit nodes`,
		},
		"the kubelet's error in the body": {
			func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, unable) },
			`the kubelet of node node1 cannot give the log of container "b" of pod "web-0": ` + unable + `; it may have been rotated or removed, what is still known is in: kubectl podkit describe web-0 -n shop`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Get("container") == "b" {
					test.answer(w, r)
					return
				}
				io.WriteString(w, "hello\n")
			}))
			sink := &recorder{t: t}
			read, err := client.Logs(t.Context(), &LogQuery{}, streams("a", "b", "c"), sink)
			if err != nil || read != 2 {
				t.Errorf("read %d logs, %v; want 2", read, err)
			}
			if diff := cmp.Diff([]string{"a: hello\n", "c: hello\n"}, sink.lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{test.want}, sink.failures); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
		})
	}
}

func TestALogThatQuotesTheKubeletIsALog(t *testing.T) {
	bodies := []string{
		"unable to retrieve container logs for containerd://5f3c\n",
		"first\nunable to retrieve container logs for containerd://5f3c",
		"I am unable to retrieve container logs for you",
		"",
	}
	for _, body := range bodies {
		client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }))
		sink := &recorder{t: t}
		read, err := client.Logs(t.Context(), &LogQuery{}, streams("a"), sink)
		if err != nil || read != 1 || len(sink.failures) > 0 {
			t.Errorf("%q: read %d, %v, failures %v", body, read, err, sink.failures)
		}
		if got := strings.ReplaceAll(strings.Join(sink.lines, ""), "a: ", ""); got != body {
			t.Errorf("got %q, want %q", got, body)
		}
	}
}

func TestFollowedLogsDoNotMixWithinALine(t *testing.T) {
	const lines = 200
	var open sync.WaitGroup
	open.Add(3)
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		open.Done()
		open.Wait() // All three are being followed at once.
		for range lines {
			for _, piece := range []string{"one ", "line ", "of ", r.URL.Query().Get("container"), "\n"} {
				io.WriteString(w, piece)
				w.(http.Flusher).Flush()
			}
		}
	}))
	sink := &recorder{t: t}
	query := &LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}, MaxStreams: 3}
	read, err := client.Logs(t.Context(), query, streams("a", "b", "c"), sink)
	if err != nil || read != 3 {
		t.Fatalf("read %d, %v", read, err)
	}
	if len(sink.lines) != 3*lines {
		t.Fatalf("%d lines", len(sink.lines))
	}
	for _, line := range sink.lines {
		if want := fmt.Sprintf("%s: one line of %[1]s\n", line[:1]); line != want {
			t.Fatalf("got %q, want %q", line, want)
		}
	}
}

func TestTooManyFollowedLogs(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the server was asked") }))
	query := &LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}, MaxStreams: 2}
	_, err := client.Logs(t.Context(), query, streams("a", "b", "c"), &recorder{t: t})
	want := "that would follow 3 logs at once, and at most 2 are allowed; select fewer, or raise the limit with --max-log-requests=3"
	if text(err) != want {
		t.Errorf("got %v", err)
	}
}

func TestFollowStopsWithItsContext(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "hello\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	ctx, cancel := context.WithCancel(t.Context())
	sink := &recorder{t: t, onLine: func() error { cancel(); return nil }}
	_, err := client.Logs(ctx, &LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}}, streams("a"), sink)
	if !errors.Is(err, context.Canceled) || len(sink.failures) > 0 {
		t.Errorf("got %v, failures %v; want the context's end and no failure", err, sink.failures)
	}
}

func TestAClosedOutputStopsAllStreams(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "hello\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	closed := errors.New("broken pipe")
	sink := &recorder{t: t, onLine: func() error { return closed }}
	query := &LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}, MaxStreams: 2}
	_, err := client.Logs(t.Context(), query, streams("a", "b"), sink)
	if !errors.Is(err, closed) || len(sink.lines) != 1 {
		t.Errorf("got %v and lines %q", err, sink.lines)
	}
}

func TestFollowWaitsForTheContainerToStart(t *testing.T) {
	var asked atomic.Int32
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			status(w, 400, "BadRequest", "is waiting to start: ContainerCreating", "", "")
			return
		}
		io.WriteString(w, "hello\n")
	}))
	all := streams("a")
	all[0].Pod.Status.ContainerStatuses[0].State = waiting("ContainerCreating")
	query := &LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}, StartTimeout: time.Minute}
	sink := &recorder{t: t}
	if read, err := client.Logs(t.Context(), query, all, sink); err != nil || read != 1 {
		t.Errorf("read %d, %v, failures %v", read, err, sink.failures)
	}
}

func TestFollowGivesUpOnAContainerThatDoesNotStart(t *testing.T) {
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		status(w, 400, "BadRequest", "is waiting to start: ContainerCreating", "", "")
	}))
	all := streams("a")
	all[0].Pod.Status.ContainerStatuses[0].State = waiting("ContainerCreating")
	query := &LogQuery{PodLogOptions: corev1.PodLogOptions{Follow: true}, StartTimeout: time.Millisecond}
	sink := &recorder{t: t}
	read, err := client.Logs(t.Context(), query, all, sink)
	if err != nil || read != 0 || len(sink.failures) != 1 || !strings.Contains(sink.failures[0], "ContainerCreating") {
		t.Errorf("read %d, %v, failures %v", read, err, sink.failures)
	}
}

func TestLogTail(t *testing.T) {
	var asked string
	client := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.RawQuery
		io.WriteString(w, "one\ntwo\n")
	}))
	log, err := client.LogTail(t.Context(), crashed(pod("app"), 0), "", 2)
	if err != nil {
		t.Fatal(err)
	}
	if log.Text != "one\ntwo\n" || !log.Previous || log.Container != "app" || len(log.Notes) != 1 {
		t.Errorf("got %+v", log)
	}
	if want := "container=app&limitBytes=1048576&previous=true&tailLines=2"; asked != want {
		t.Errorf("asked %s, want %s", asked, want)
	}
}
