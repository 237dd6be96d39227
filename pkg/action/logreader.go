package action

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kubectl/pkg/cmd/logs"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// readLog passes each line of a log to write, its newline included, with kubectl's own reader.
func (c *Client) readLog(ctx context.Context, pod *corev1.Pod, options *corev1.PodLogOptions, write func([]byte) error) error {
	request := c.core.Get().Namespace(pod.Namespace).Resource("pods").Name(pod.Name).SubResource("log").
		VersionedParams(options, scheme.ParameterCodec)
	out := &logWriter{write: write}
	if err := logs.DefaultConsumeRequest(ctx, request, out); err != nil {
		if out.begun && ctx.Err() == nil && out.broken() == nil {
			return message.Errorf(err, "logs.partial", logArgs(pod, options.Container, cluster.Cause(err)))
		}
		return explainLog(err, pod, options.Container)
	}
	return out.close(pod, options.Container)
}

// logWriter takes the lines of one log, one a call as logs.DefaultConsumeRequest writes them, and tells a log from a
// kubelet's error: that one is the whole body and has no newline.
type logWriter struct {
	write func([]byte) error
	begun bool
	held  []byte
}

// Write passes on one line, or holds it back while it may prove to be the kubelet's error.
func (w *logWriter) Write(line []byte) (int, error) {
	if len(line) == 0 {
		return 0, nil
	}
	if !w.begun && cluster.KubeletError(line) {
		w.begun, w.held = true, append([]byte(nil), line...)
		return len(line), nil
	}
	w.begun = true
	return len(line), w.write(line)
}

// broken passes on what was held back of a log that breaks off: the kubelet's error is whole.
func (w *logWriter) broken() error {
	if w.held == nil {
		return nil
	}
	return w.write(w.held)
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
