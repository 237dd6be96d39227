package action

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// statusLimit bounds what is read of an answer to find out who gave it: a Status of the API server is far smaller.
const statusLimit = 64 << 10

// unreached begins the message with which the API server says that it could not reach the pod (apimachinery
// pkg/util/proxy/transport.go, RoundTrip).
const unreached = "error trying to reach service: "

// reachable says why no request can reach a pod that has no address or has ended.
func reachable(pod *corev1.Pod) error {
	ended := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	if pod.Status.PodIP != "" && !ended {
		return nil
	}
	state := withReason(string(pod.Status.Phase), pod.Status.Reason, pod.Status.Message)
	if !ended {
		state = stateOf(pod, firstContainer(pod))
	}
	return message.Errorf(nil, "curl.not-running", message.Args{"Pod": pod.Name, "Namespace": pod.Namespace, "State": state})
}

func firstContainer(pod *corev1.Pod) string {
	if len(pod.Spec.Containers) == 0 {
		return ""
	}
	return pod.Spec.Containers[0].Name
}

// refusal returns the error that the API server answered in the app's stead, and closes the body then. Nil means that
// the answer is the app's; its body is whole.
func refusal(response *http.Response, pod *corev1.Pod, port, scheme string) error {
	if response.StatusCode < 400 || !strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	head, err := io.ReadAll(io.LimitReader(response.Body, statusLimit))
	if err != nil {
		response.Body.Close()
		return explainAsk(err, pod, response.Request.Method)
	}
	var status metav1.Status
	if json.Unmarshal(head, &status) != nil || !fromServer(&status, response, pod) {
		response.Body = body{Reader: io.MultiReader(bytes.NewReader(head), response.Body), Closer: response.Body}
		return nil //nolint:nilerr // What is no Status is the app's own answer.
	}
	response.Body.Close()
	return explainRefusal(&apierrors.StatusError{ErrStatus: status}, pod, port, scheme, response.Request.Method)
}

type body struct {
	io.Reader
	io.Closer
}

// fromServer tells the API server's own answer from that of an app that is an API server itself. The former is about
// this pod, or says that the pod was not reached; one about credentials was given before the request was sorted into a
// flow (apiserver pkg/server/filters/priority-and-fairness.go), so it lacks the header that every proxied answer has.
func fromServer(status *metav1.Status, response *http.Response, pod *corev1.Pod) bool {
	if status.Kind != "Status" || status.Status != metav1.StatusFailure || int(status.Code) != response.StatusCode {
		return false
	}
	switch response.StatusCode {
	case http.StatusUnauthorized:
		return response.Header.Get("X-Kubernetes-Pf-Flowschema-Uid") == ""
	case http.StatusServiceUnavailable:
		return strings.HasPrefix(status.Message, unreached)
	case http.StatusBadRequest:
		return status.Message == "address not allowed" || strings.HasPrefix(status.Message, "invalid pod request")
	}
	return status.Details != nil && status.Details.Kind == "pods" && strings.Contains(status.Details.Name, pod.Name)
}

// explainRefusal turns the API server's answer into a sentence.
func explainRefusal(err *apierrors.StatusError, pod *corev1.Pod, port, scheme, method string) error {
	cause, unreachedPod := strings.CutPrefix(err.ErrStatus.Message, unreached)
	args := message.Args{
		"Pod": pod.Name, "Namespace": pod.Namespace, "Port": port, "Cause": cause, "Ports": declaredPorts(pod), "Node": pod.Spec.NodeName,
	}
	switch {
	case err.ErrStatus.Message == "address not allowed":
		args["IP"] = pod.Status.PodIP
		return message.Errorf(err, "curl.address", args)
	case apierrors.IsNotFound(err):
		return cluster.Explain(err, "get", "pods", pod.Namespace, pod.Name)
	case !unreachedPod:
		return cluster.Explain(err, proxyVerb(method), "pods/proxy", pod.Namespace, pod.Name)
	case strings.Contains(cause, "connection refused") && containerDown(pod, args):
		return message.Errorf(err, "curl.container-down", args)
	case strings.Contains(cause, "connection refused"):
		return message.Errorf(err, "curl.refused", args)
	case strings.Contains(cause, "i/o timeout"), strings.Contains(cause, "no route to host"), strings.Contains(cause, "network is unreachable"):
		return message.Errorf(err, "curl.unreachable", args)
	case strings.Contains(cause, "HTTP response to HTTPS client"), scheme == "https" && strings.Contains(cause, "does not look like a TLS handshake"):
		return message.Errorf(err, "curl.plain", args)
	case strings.Contains(cause, "malformed HTTP"), strings.Contains(cause, "EOF"), strings.Contains(cause, "connection reset"):
		return message.Errorf(err, "curl.no-http", args)
	}
	return message.Errorf(err, "curl.failed", args)
}

// containerDown reports whether the container that one would expect to answer does not run, and adds its state to args.
func containerDown(pod *corev1.Pod, args message.Args) bool {
	choice, err := Choose(pod, "")
	if err != nil || statusOf(pod, choice.Container).State.Running != nil {
		return false
	}
	args["Container"], args["State"] = choice.Container, stateOf(pod, choice.Container)
	return true
}

// badRequest says that a request cannot be made as it was asked for.
func badRequest(err error) error {
	return message.Errorf(err, "curl.bad-request", message.Args{"Cause": err.Error()})
}

// declaredPorts lists the ports that the containers of a pod declare, for example "8080 (http), 9090"; "<none>" when
// there is none.
func declaredPorts(pod *corev1.Pod) string {
	ports := tcpPorts(pod)
	if len(ports) == 0 {
		return "<none>"
	}
	names := make([]string, 0, len(ports))
	for _, port := range ports {
		names = append(names, portName(port))
	}
	return strings.Join(slices.Compact(names), ", ")
}
