package cluster_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

const shopLog = shopPods + "/web-0/log"

// logged answers as the API server passes on a log: plain text, without a status of its own.
func logged(body string) reply {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, body)
	}
}

func TestLog(t *testing.T) {
	first, second := time.Date(2026, 3, 14, 15, 9, 26, 123456789, time.UTC), time.Date(2026, 3, 14, 15, 9, 27, 0, time.UTC)
	many := strings.Repeat("2026-03-14T15:09:27Z x\n", 200)
	tests := map[string]struct {
		body string
		want []casefile.LogLine
		cut  bool
	}{
		"times are split off": {
			"2026-03-14T15:09:26.123456789Z starting\n2026-03-14T15:09:27Z   at main.go:7\n",
			[]casefile.LogLine{{At: first, Text: "starting"}, {At: second, Text: "  at main.go:7"}},
			false,
		},
		"a zone":             {"2026-03-14T23:09:27.000+08:00 x\n", []casefile.LogLine{{At: second, Text: "x"}}, false},
		"an empty line":      {"2026-03-14T15:09:27Z \n2026-03-14T15:09:27Z\n", []casefile.LogLine{{At: second}, {At: second}}, false},
		"an unfinished line": {"2026-03-14T15:09:27Z x", []casefile.LogLine{{At: second, Text: "x"}}, false},
		"of Windows":         {"2026-03-14T15:09:27Z x\r\n", []casefile.LogLine{{At: second, Text: "x"}}, false},
		"hostile text stays": {"2026-03-14T15:09:27Z \x1b[2J\x00\n", []casefile.LogLine{{At: second, Text: "\x1b[2J\x00"}}, false},
		"no times":           {"just text\n", []casefile.LogLine{{Text: "just text"}}, false},
		"nothing":            {"", nil, false},
		"an error of the kubelet's in a log of lines is a line": {
			"2026-03-14T15:09:27Z unable to retrieve container logs for containerd://a\n",
			[]casefile.LogLine{{At: second, Text: "unable to retrieve container logs for containerd://a"}},
			false,
		},
		"as many lines as were asked for": {many, slicesOf(casefile.LogLine{At: second, Text: "x"}, 200), true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			s.expect(shopLog, logged(test.body))
			answer := s.connect().Log(t.Context(), casefile.LogOf("shop", "web-0", "app", true))
			if answer.State != casefile.Known || answer.Err != nil {
				t.Fatalf("got %v, %v", answer.State, answer.Err)
			}
			if diff := cmp.Diff(test.want, answer.Value.Lines); diff != "" || answer.Value.Cut != test.cut {
				t.Errorf("cut %v, want %v; lines (-want +got):\n%s", answer.Value.Cut, test.cut, diff)
			}
		})
	}
}

func slicesOf(line casefile.LogLine, count int) []casefile.LogLine {
	lines := make([]casefile.LogLine, count)
	for i := range lines {
		lines[i] = line
	}
	return lines
}

// TestLogIsBounded: the server is asked for the end of the log, and of lines that are very long the last words are kept.
func TestLogIsBounded(t *testing.T) {
	const last = "2026-03-14T15:09:28Z panic: the last words\n"
	long := "2026-03-14T15:09:27Z " + strings.Repeat("x", 2<<20) + "\n" + last
	s := serve(t)
	s.expect(shopLog, logged(""), logged(""), logged(long))
	reader := s.connect()
	for _, previous := range []bool{true, false} {
		reader.Log(t.Context(), casefile.LogOf("shop", "web-0", "app", previous))
	}
	const bounds = "%stailLines=200&timestamps=true"
	want := []string{
		"GET " + shopLog + "?container=app&" + fmt.Sprintf(bounds, "previous=true&"),
		"GET " + shopLog + "?container=app&" + fmt.Sprintf(bounds, ""),
	}
	if diff := cmp.Diff(want, s.requests()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	lines := reader.Log(t.Context(), casefile.LogOf("shop", "web-0", "app", true))
	if got := lines.Value.Lines; !lines.Value.Cut || len(got) != 2 || len(got[0].Text) != 1<<20-len(last)-1 || got[1].Text != "panic: the last words" {
		t.Errorf("cut %v, and %d lines", lines.Value.Cut, len(got))
	}
}

// cutOff promises more than it sends.
func cutOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("Content-Length", "100")
	_, _ = io.WriteString(w, "2026-03-14T15:09:27Z x\n")
}

// cutAtOnce promises a log and sends nothing of it.
func cutAtOnce(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	w.WriteHeader(http.StatusOK)
}

// TestLogThatBreaksOff: what came before is kept, and is not taken for the end of the log.
func TestLogThatBreaksOff(t *testing.T) {
	s := serve(t)
	s.expect(shopLog, cutOff, logged("2026-03-14T15:09:27Z x\n"))
	reader := s.connect()
	for _, broken := range []bool{true, false} {
		answer := reader.Log(t.Context(), casefile.LogOf("shop", "web-0", "app", broken))
		if answer.State != casefile.Known || len(answer.Value.Lines) != 1 || answer.Value.Lines[0].Text != "x" || answer.Value.Cut {
			t.Errorf("%v, %v, %+v", answer.State, answer.Err, answer.Value)
		}
		if (answer.Value.Broken == "the answer broke off before its end") != broken {
			t.Errorf("it broke off: %v, and is said to have: %q", broken, answer.Value.Broken)
		}
	}
}

func TestLogThatIsNotThere(t *testing.T) {
	tests := map[string]struct {
		reply    reply
		state    casefile.State
		id       string
		sentence string
	}{
		"no such instance": {
			refuse(http.StatusBadRequest, metav1.StatusReasonBadRequest, `previous terminated container "app" in pod "web-0" not found`),
			casefile.Absent, "logs.refused", `no log of container "app" of pod "web-0": previous terminated container "app" in pod "web-0" not found; `,
		},
		"no such pod": {notFound, casefile.Absent, "error.not-found", `pods/log "web-0" not found in namespace "shop"`},
		"no right":    {forbidden, casefile.Denied, "error.forbidden", `not allowed to get pods/log in namespace "shop": pods is forbidden: User "jane"`},
		"no kubelet":  {broken, casefile.Failed, "error.server", "could not get pods/log: etcdserver: request timed out"},
		"no line yet": {cutAtOnce, casefile.Failed, "error.server", "could not get pods/log: unexpected EOF"},
		"the kubelet's error, containerd": {
			logged("unable to retrieve container logs for containerd://4e0b2a6f"),
			casefile.Failed, "logs.kubelet", `the kubelet cannot give the log of container "app" of pod "web-0": unable to retrieve container logs for containerd://4e0b2a6f; `,
		},
		"the kubelet's error, a file": {
			logged(`failed to open log file "/var/log/pods/shop_web-0_1/app/3.log": open /var/log/pods/shop_web-0_1/app/3.log: no such file or directory`),
			casefile.Failed, "logs.kubelet", `the kubelet cannot give the log of container "app"`,
		},
		"the kubelet's error, a link": {
			logged(`failed to try resolving symlinks in path "/var/log/pods/x/app/3.log": lstat: no such file or directory`),
			casefile.Failed, "logs.kubelet", `the kubelet cannot give the log of container "app"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			s.expect(shopLog, test.reply)
			answer := s.connect().Log(t.Context(), casefile.LogOf("shop", "web-0", "app", true))
			checkFailure(t, asString(answer), test.state, test.id, test.sentence)
			if lost := errors.Is(answer.Err, casefile.ErrLogLost); lost != (test.id == "logs.kubelet") {
				t.Errorf("the log is lost: %v", lost)
			}
		})
	}
}

func TestKubeletErrorIsTheWholeBody(t *testing.T) {
	for body, want := range map[string]bool{
		"unable to retrieve container logs for cri-o://4e0b2a6f":      true,
		"unable to retrieve container logs for cri-o://4e0b2a6f\n":    false,
		"x unable to retrieve container logs for cri-o://4e0b2a6f":    false,
		"failed to open log file \"/a\": gone\nand a line":            false,
		"unable to retrieve container logs for containerd://a b":      false,
		"failed to open log file, says the app, and its name is \"\"": false,
		"": false,
	} {
		if got := cluster.KubeletError([]byte(body)); got != want {
			t.Errorf("%q: %v, want %v", body, got, want)
		}
	}
}
