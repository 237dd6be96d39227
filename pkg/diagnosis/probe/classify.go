package probe

import (
	"regexp"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// cause is what made a probe fail: a finding's id, form and arguments.
type cause struct {
	id, form string
	args     message.Args
}

// classify reads the words with which the kubelet reports a failed probe, those of pkg/probe/{http,tcp,grpc,exec} and of Go's
// net, net/http and crypto/tls. Words that it does not know yield no cause; the symptom then shows them as they are.
func (f *failing) classify() cause {
	if f.report == nil {
		return cause{}
	}
	switch f.handler() {
	case "exec":
		return f.execFailure()
	case "grpc":
		return f.grpcFailure()
	}
	return f.netFailure()
}

// The words of Go's network packages, in the order in which they decide: the outer error names the URL, the last one is
// what happened, and a time-out may be appended to any (net/http, Client.Timeout).
var (
	noHost      = regexp.MustCompile(`lookup (\S+).*: (no such host|server misbehaving|i/o timeout|Temporary failure|.*connection refused)`)
	statusCode  = regexp.MustCompile(`^HTTP probe failed with statuscode: (\d{3})`)
	plainServer = regexp.MustCompile(`server gave HTTP response to HTTPS client|first record does not look like a TLS handshake`)
	tlsServer   = regexp.MustCompile(`malformed HTTP (?:response|version|status code).*\\x1[56]\\x03`)
	tlsError    = regexp.MustCompile(`(?:tls|x509): (.*)$`)
	timedOut    = regexp.MustCompile(`context deadline exceeded|i/o timeout|Client\.Timeout exceeded|request canceled|TLS handshake timeout`)
	dialTimeout = regexp.MustCompile(`dial tcp \S+: i/o timeout`)
)

func (f *failing) netFailure() cause {
	text := f.report.text
	if found := noHost.FindStringSubmatch(text); found != nil {
		return cause{"probe-dns", "", message.Args{"Name": strings.TrimSuffix(found[1], "."), "Error": found[2]}}
	}
	if found := statusCode.FindStringSubmatch(text); found != nil {
		return f.statusFailure(found[1])
	}
	switch {
	case strings.Contains(text, "connection refused"):
		return cause{"probe-connection-refused", f.hosted(), nil}
	case plainServer.MatchString(text):
		return cause{"probe-tls", "plain-server", nil}
	case tlsServer.MatchString(text):
		return cause{"probe-tls", "tls-server", nil}
	case dialTimeout.MatchString(text):
		return cause{"probe-timeout", "connect", nil}
	case timedOut.MatchString(text):
		return cause{"probe-timeout", "", nil}
	}
	if found := tlsError.FindStringSubmatch(text); found != nil {
		return cause{"probe-tls", "", message.Args{"Error": found[1]}}
	}
	return cause{}
}

// hosted is the form for a probe that asks another host than the pod.
func (f *failing) hosted() string {
	if f.host() != "" {
		return "host"
	}
	return ""
}

// execTimedOut begins the message of a command that was ended (k8s.io/cri-client pkg/remote_runtime.go, ErrCommandTimedOut;
// "command %q timed out" in older ones).
var execTimedOut = regexp.MustCompile(`^command (?:timed out:|".*" timed out)`)

// absent is how runtimes say that a command is not in the image: runc's own words, and the runtime's around them.
var absent = regexp.MustCompile(`exec: "([^"]+)": .*(?:executable file not found|no such file or directory)`)

func (f *failing) execFailure() cause {
	text := f.report.text
	if execTimedOut.MatchString(text) {
		return cause{"probe-timeout", "command", nil}
	}
	if found := absent.FindStringSubmatch(text); found != nil {
		return cause{"probe-exec-failed", "absent", message.Args{"Command": found[1]}}
	}
	output := lastLine(text)
	switch {
	case f.report.errored:
		return cause{"probe-exec-failed", "errored", message.Args{"Error": innermost(output)}}
	case output == "":
		return cause{"probe-exec-failed", "silent", nil}
	}
	return cause{"probe-exec-failed", "", message.Args{"Output": short(output)}}
}

// innermost returns the end of a chain of errors, where the cause stands; the runtimes end theirs in ": unknown".
func innermost(text string) string {
	links := strings.Split(strings.TrimSuffix(text, ": unknown"), ": ")
	return short(strings.Join(links[max(len(links)-2, 0):], ": "))
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// longest is how much of foreign text goes into a sentence; the evidence has it whole.
const longest = 80

func short(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= longest {
		return string(runes)
	}
	return string(runes[:longest-1]) + "…"
}
