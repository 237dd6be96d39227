package repertoire

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// bodyLines is how many lines of an app's answer are shown.
const bodyLines = 15

// proxyAddress is where `kubectl proxy` listens when nothing else is asked of it.
const proxyAddress = "http://localhost:8001"

// curl asks the app in the pod, through the API server's proxy: on the port and path that the step names, else those of the
// probe when the step says so, else on the port that the pod declares. With service it asks through the Service instead.
func (t Tools) curl(ctx context.Context, subject *Subject, with map[string]string) Result {
	if with["service"] != "" {
		return t.curlService(ctx, subject, with)
	}
	pod, number, path := subject.Pod, subject.asked(with), cmp.Or(with["path"], "/")
	if with["probe"] != "" {
		probe, ok := subject.check()
		if !ok || !probe.isPlain() {
			return Result{Err: t.noProbe(subject)}
		}
		path = cmp.Or(with["path"], probe.path())
	}
	before, after := "/api/v1/namespaces/"+pod.Namespace+"/pods/", ":"+number+"/proxy"+path
	route := shellword.Path(before).And(named(pod), shellword.Path(after))
	asked := t.Kubectl.command(pod.Namespace, "podkit curl %s:%s", named(pod), shellword.Path(number+path))
	result := Result{
		Commands: []report.Command{
			{Note: t.Messages.Text("debug.note.proxy"), Command: t.Kubectl.command(t.Kubectl.Home, "proxy")},
			{Note: t.Messages.Text("debug.note.here"), Command: export(pod)},
			{Command: shellword.New("curl").Curl(shellword.Text(proxyAddress).And(route))},
			{Note: t.Messages.Text("debug.note.raw"), Command: t.Kubectl.command(t.Kubectl.Home, "get --raw %s", route)},
			{Note: t.Messages.Text("debug.note.shorter"), Command: asked},
		},
		Args: message.Args{
			"URL": proxyAddress + before + pod.Name + after, "Status": "", "Took": "", "Asked": number, "Path": path,
		},
	}
	if _, refusal := asked.Line(); refusal == shellword.Dots { // None of the lines can be shown; why is said once.
		result.Commands = listed(asked)
	}
	response, err := t.Pods.Fetch(ctx, pod, number, path)
	if err != nil {
		result.Err = err
		result.Facts = append(result.Facts, unansweredFacts(err)...)
		return forbidden(result)
	}
	return t.answered(result, response, asked)
}

// answered tells of an answer.
func (t Tools) answered(result Result, response action.Response, whole shellword.Command) Result {
	result.Args["Status"] = response.Status
	result.Args["Took"] = response.Duration.Round(time.Millisecond).String()
	switch code := response.StatusCode; {
	case code >= 500:
		result.Facts = []string{"http-error", "server-error"}
	case code == http.StatusNotFound:
		result.Facts = []string{"http-error", "no-such-path"}
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		result.Facts = []string{"http-error", "login"}
	case code >= 400:
		result.Facts = []string{"http-error"}
	default:
		result.Facts = []string{"answered"}
	}
	return t.firstLines(result, string(response.Body), bodyLines, whole)
}

// unansweredFacts says how far a request came that got no answer of the app.
func unansweredFacts(err error) []string {
	for _, way := range [][2]string{
		{"curl.refused", "refused"},
		{"curl.container-down", "down"},
		{"curl.not-running", "down"},
		{"curl.unreachable", "unreachable"},
		{"curl.no-http", "no-http"},
		{"curl.service-empty", "no-endpoint"},
		{"curl.service-refused", "refused"},
	} {
		if isA(err, way[0]) {
			return []string{way[1]}
		}
	}
	return nil
}

// curlService asks the app through the Service that an earlier step has found.
func (t Tools) curlService(ctx context.Context, subject *Subject, with map[string]string) Result {
	service := subject.Service
	if service == nil || len(service.Spec.Ports) == 0 {
		return Result{Err: message.Errorf(nil, "debug.no-service", nil)}
	}
	port, path := cmp.Or(with["port"], strconv.Itoa(int(service.Spec.Ports[0].Port))), cmp.Or(with["path"], "/")
	route := fmt.Sprintf("/api/v1/namespaces/%s/services/%s:%s/proxy%s", service.Namespace, service.Name, port, path)
	line := t.Kubectl.command(t.Kubectl.Home, "get --raw %s", shellword.Path(route))
	result := Result{
		Commands: listed(line),
		Args:     message.Args{"URL": proxyAddress + route, "Status": "", "Took": "", "Asked": port, "Path": path},
	}
	response, err := t.Pods.FetchService(ctx, service.Namespace, service.Name, port, path)
	if err != nil {
		result.Err = err
		result.Facts = unansweredFacts(err)
		return forbidden(result)
	}
	return t.answered(result, response, line)
}

// noProbe says that there is no probe that could be replayed.
func (t Tools) noProbe(subject *Subject) error {
	return message.Errorf(nil, "debug.no-probe", message.Args{
		"Container": subject.container(), "Pod": subject.Pod.Name, "Namespace": subject.Pod.Namespace,
	})
}

// forbidden adds the fact that the user may not do this.
func forbidden(result Result) Result {
	if isA(result.Err, "error.forbidden") {
		result.Facts = append(result.Facts, "forbidden")
	}
	return result
}

// otherContainer is the name of the container, where kubectl would not take the right one by itself; else nil.
func otherContainer(subject *Subject) *string {
	if containers := subject.Pod.Spec.Containers; len(containers) == 1 && subject.container() == containers[0].Name {
		return nil
	}
	name := subject.container()
	return &name
}
