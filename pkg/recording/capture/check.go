package capture

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

const (
	// mostChecks bounds what is asked of one pod, answerTime how long an app may take, answerBytes what is kept of its answer.
	mostChecks  = 6
	answerTime  = 5 * time.Second
	answerBytes = 16 << 10
)

// check is one GET to an app.
type check struct{ scheme, port, path string }

// checksOf are the requests that the probes of a pod make, and one for the root of each port that is declared.
func checksOf(pod *corev1.Pod) []check {
	if pod.Status.Phase != corev1.PodRunning || pod.Status.PodIP == "" {
		return nil
	}
	var checks []check
	add := func(one check) {
		if len(checks) < mostChecks && !slices.Contains(checks, one) {
			checks = append(checks, one)
		}
	}
	for i := range pod.Spec.Containers {
		container := &pod.Spec.Containers[i]
		for _, probe := range []*corev1.Probe{container.ReadinessProbe, container.LivenessProbe, container.StartupProbe} {
			if one, ok := probeCheck(probe, container.Ports); ok {
				add(one)
			}
		}
	}
	for i := range pod.Spec.Containers {
		for _, port := range pod.Spec.Containers[i].Ports {
			if port.Protocol == corev1.ProtocolTCP || port.Protocol == "" {
				add(check{"http", strconv.Itoa(int(port.ContainerPort)), "/"})
			}
		}
	}
	return checks
}

// probeCheck is the request of a probe, unless it makes none to the pod, or its path could reach another one of the API's
// behind the proxy.
func probeCheck(probe *corev1.Probe, declared []corev1.ContainerPort) (one check, ok bool) {
	if probe == nil || probe.HTTPGet == nil || probe.HTTPGet.Host != "" {
		return check{}, false
	}
	get := probe.HTTPGet
	port := numberOf(get.Port, declared)
	ok = port != "" && !shellword.HasDotSegments(get.Path)
	return check{strings.ToLower(string(get.Scheme)), port, "/" + strings.TrimLeft(get.Path, "/")}, ok
}

// numberOf resolves the name of a port.
func numberOf(port intstr.IntOrString, declared []corev1.ContainerPort) string {
	if port.Type == intstr.Int {
		return port.String()
	}
	for _, p := range declared {
		if p.Name == port.StrVal {
			return strconv.Itoa(int(p.ContainerPort))
		}
	}
	return ""
}

// answers asks the apps.
func (c *Capture) answers(ctx context.Context, subjects []subject) error {
	var keys []recording.AnswerKey
	for i := range subjects {
		for _, one := range subjects[i].checks {
			name := subjects[i].name + ":" + one.port
			if one.scheme == "https" {
				name = "https:" + name
			}
			keys = append(keys, recording.AnswerKey{Resource: "pods", Subresource: "proxy", Namespace: subjects[i].namespace, Name: name, Path: one.path})
		}
	}
	return inOrder(ctx, keys, func(key recording.AnswerKey) recording.Answer {
		return c.answer(ctx, key)
	}, func(key recording.AnswerKey, answer recording.Answer) error {
		c.summary.Answers++
		if answer.Failure != nil && answer.Failure.Code == 403 {
			c.summary.refuse(recording.Refusal{Request: recording.Request{
				Verb: "get", Version: "v1", Resource: "pods", Subresource: "proxy", Namespace: key.Namespace,
			}, Status: *answer.Failure})
		}
		if c.Redactor != nil {
			key.Path = c.Redactor.Text(key.Path) // As in the probe that it is of.
		}
		c.step("pods/proxy")
		return c.writer.Answer(key, answer)
	})
}

// answerTime is how long an app may take.
func (c *Capture) answerTime() time.Duration {
	if c.Timeout > 0 {
		return min(answerTime, c.Timeout)
	}
	return answerTime
}

// answer asks one app, through the API server's pods/proxy.
func (c *Capture) answer(ctx context.Context, key recording.AnswerKey) recording.Answer {
	ctx, cancel := context.WithTimeout(ctx, c.answerTime())
	defer cancel()
	path, query, _ := strings.Cut(key.Path, "?")
	at := "/api/v1/namespaces/" + url.PathEscape(key.Namespace) + "/pods/" + url.PathEscape(key.Name) + "/proxy" + (&url.URL{Path: path}).EscapedPath()
	response, err := c.Source.Ask(ctx, at, query)
	if err != nil {
		status := c.cleanStatus(statusOf(err))
		return recording.Answer{Code: int(status.Code), Failure: &status}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerBytes+1))
	answer := recording.Answer{Code: response.StatusCode, Type: response.Header.Get("Content-Type"), Cut: err != nil || len(body) > answerBytes}
	body = body[:min(len(body), answerBytes)]
	var status metav1.Status
	if response.StatusCode >= 400 && json.Unmarshal(body, &status) == nil && status.Kind == "Status" && status.APIVersion == "v1" {
		status = c.cleanStatus(status)
		answer.Failure = &status
		return answer
	}
	switch {
	case !utf8.Valid(body) && c.Redactor != nil:
		answer.Cut = true // What cannot be read cannot be redacted either.
	case c.Redactor != nil:
		answer.Body = []byte(c.Redactor.Log(string(body)))
	default:
		answer.Body = body
	}
	return answer
}
