package probe

import (
	"regexp"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// The words of the gRPC prober (kubernetes pkg/probe/grpc/grpc.go).
var (
	notServing = regexp.MustCompile(`^service unhealthy \(responded with "([^"]*)"\)`)
	noService  = regexp.MustCompile(`code = NotFound`)
	rpcError   = regexp.MustCompile(`^error: (?:health rpc probe failed|failed to connect service at "[^"]*"): (.*)$`)
)

// grpcFailure reads a gRPC probe's failure. A refused connection is tried again until the time-out, so that it can't be
// told from one that nobody answers, or one on which no gRPC is spoken.
func (f *failing) grpcFailure() cause {
	text := f.report.text
	service := ""
	if f.spec.GRPC.Service != nil {
		service = *f.spec.GRPC.Service
	}
	args := message.Args{"Service": service}
	switch {
	case strings.HasPrefix(text, "timeout: failed to connect service"):
		return cause{"probe-grpc-failed", "connect", args}
	case strings.HasPrefix(text, "timeout: health rpc did not complete"):
		return cause{"probe-timeout", "", nil}
	case strings.Contains(text, "does not implement the grpc health protocol"):
		return cause{"probe-grpc-failed", "unimplemented", args}
	case noService.MatchString(text):
		return cause{"probe-grpc-failed", "unknown-service", args}
	}
	if found := notServing.FindStringSubmatch(text); found != nil {
		args["Status"] = found[1]
		return cause{"probe-grpc-failed", "", args}
	}
	if found := rpcError.FindStringSubmatch(text); found != nil {
		args["Error"] = short(found[1])
		return cause{"probe-grpc-failed", "error", args}
	}
	return cause{}
}
