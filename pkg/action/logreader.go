package action

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// readLog passes each line of a log to write, its newline included.
func (c *Client) readLog(ctx context.Context, pod *corev1.Pod, options *corev1.PodLogOptions, write func([]byte) error) error {
	request := c.core.Get().Namespace(pod.Namespace).Resource("pods").Name(pod.Name).SubResource("log").
		VersionedParams(options, scheme.ParameterCodec)
	out := &logWriter{write: write}
	stream, err := request.Stream(ctx)
	if err != nil {
		return explainLog(err, pod, options.Container)
	}
	defer stream.Close()
	if err := eachLine(stream, out.line); err != nil {
		return explainLog(err, pod, options.Container)
	}
	return out.close(pod, options.Container)
}

// eachLine calls do with every line, its newline included, as it comes; the last one may have none.
func eachLine(in io.Reader, do func(line []byte) error) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			if err := do(line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// logWriter takes the lines of one log and tells a log from a kubelet's error: that one is the whole body and has no newline.
type logWriter struct {
	write func([]byte) error
	begun bool
	held  []byte
}

// line passes on one line, or holds it back when it is the kubelet's error.
func (w *logWriter) line(line []byte) error {
	if !w.begun && cluster.KubeletError(line) {
		w.begun, w.held = true, line
		return nil
	}
	w.begun = true
	return w.write(line)
}

// close reports the kubelet's error, if the log was one.
func (w *logWriter) close(pod *corev1.Pod, container string) error {
	if w.held == nil {
		return nil
	}
	return message.Errorf(nil, "logs.kubelet", logArgs(pod, container, string(w.held)))
}

func logArgs(pod *corev1.Pod, container, cause string) message.Args {
	return message.Args{
		"Container": container, "Pod": pod.Name, "Namespace": pod.Namespace, "Node": pod.Spec.NodeName, "Cause": cause,
	}
}

// explainLog says why a log could not be read.
func explainLog(err error, pod *corev1.Pod, container string) error {
	switch {
	case apierrors.IsNotFound(err):
		return cluster.Explain(err, "get", "pods", pod.Namespace, pod.Name)
	case apierrors.IsBadRequest(err):
		return message.Errorf(err, "logs.refused", logArgs(pod, container, err.Error()))
	case nodeSilent(err):
		return message.Errorf(err, "node.silent", logArgs(pod, container, err.Error()))
	}
	return cluster.Explain(err, "get", "pods/log", pod.Namespace, pod.Name)
}

// nodeSilent reports whether the API server answered, but could not reach the kubelet of the pod's node: the message
// quotes the kubelet's URL, or says "error dialing backend" (apimachinery pkg/util/proxy/upgradeaware.go).
func nodeSilent(err error) bool {
	text := err.Error()
	return strings.Contains(text, "/containerLogs/") || strings.Contains(text, "error dialing backend")
}
