package cluster

import (
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// How much of a log is read: a stack trace and what led to it, not the log of a day.
const (
	logLines = int64(200)
	logBytes = 1 << 20
	// mostBytes bounds what is read of lines that have no end.
	mostBytes = 32 << 20
)

// Log reads the end of a container's log: at most 200 lines and 1 MiB. Where the stream breaks off on the way, what came
// before is kept, and said to be broken. It is Absent when the server says that the
// instance has none, and Failed when the kubelet wrote an error in its place.
func (c *Cluster) Log(ctx context.Context, question casefile.Question) casefile.Answer[casefile.Log] {
	lines := logLines
	options := &corev1.PodLogOptions{Container: question.Container, Previous: question.Previous, Timestamps: true, TailLines: &lines}
	body, err := c.logBody(ctx, question, options)
	args := message.Args{"Container": question.Container, "Pod": question.Name, "Namespace": question.Namespace, "Node": ""}
	if apierrors.IsBadRequest(err) {
		args["Cause"] = err.Error()
		return casefile.Unanswered[casefile.Log](casefile.Absent, message.Errorf(err, "logs.refused", args))
	}
	broken := ""
	switch {
	case err != nil && len(body) > 0 && !errors.Is(ctx.Err(), context.Canceled):
		broken = Cause(err)
	case err != nil:
		return unanswered[casefile.Log](err, request{"get", "pods/log", question.Namespace, question.Name})
	}
	if KubeletError(body) {
		args["Cause"] = string(body)
		return casefile.Unanswered[casefile.Log](casefile.Failed, message.Errorf(casefile.ErrLogLost, "logs.kubelet", args))
	}
	log := parseLog(string(body))
	log.Broken = broken
	return casefile.Answered(log)
}

// logBody reads the last 1 MiB of what the server sends. limitBytes would keep the first (cri-client pkg/logs/logs.go,
// ReadLogs), and the last words are what counts; so the client drops what came before. It is read as a stream, as kubectl
// does, since DoRaw drops what the server says of a refusal (client-go rest/request.go, newUnstructuredResponseError).
func (c *Cluster) logBody(ctx context.Context, question casefile.Question, options *corev1.PodLogOptions) ([]byte, error) {
	stream, err := c.core.Get().Namespace(question.Namespace).Resource("pods").Name(question.Name).SubResource("log").
		VersionedParams(options, scheme.ParameterCodec).Stream(ctx)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	body, err := io.ReadAll(io.LimitReader(stream, mostBytes))
	if err == nil && len(body) == mostBytes {
		err = errLong
	}
	if over := len(body) - logBytes; over > 0 {
		body = body[over:]
	}
	return body, err
}

// errLong is the end of the reading of a log whose lines have no end.
var errLong = errors.New("it is longer than 32 MiB")

// kubeletError matches the errors that the kubelet writes into the body of a log instead of answering with a status,
// which it cannot do any more once it has begun to answer (kubernetes pkg/kubelet/server/server.go, getContainerLogs;
// kuberuntime_container.go, GetContainerLogs; cri-client pkg/logs/logs.go, ReadLogs).
var kubeletError = regexp.MustCompile(`^(unable to retrieve container logs for [a-z0-9.+-]+://\S*|failed to (try resolving symlinks in path|open log file) ".*": .*)$`)

// KubeletError reports whether the body of a log is an error of the kubelet: it is the whole body and has no newline.
func KubeletError(body []byte) bool { return kubeletError.Match(body) }

// parseLog splits a log that was asked for with timestamps.
func parseLog(body string) casefile.Log {
	log := casefile.Log{}
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\r\n")
		stamp, text, _ := strings.Cut(line, " ")
		at, err := time.Parse(time.RFC3339Nano, stamp)
		if err != nil {
			text = line // The runtime wrote no time.
		}
		log.Lines = append(log.Lines, casefile.LogLine{At: at, Text: text})
	}
	log.Cut = int64(len(log.Lines)) >= logLines || len(body) >= logBytes
	return log
}
