package repertoire

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// bodyLines is how many lines of an app's answer are shown.
const bodyLines = 15

// proxyAddress is where `kubectl proxy` listens when nothing else is asked of it.
const proxyAddress = "http://localhost:8001"

// curl asks the app in the pod, through the API server's proxy, on the port that the pod declares.
func (t Tools) curl(ctx context.Context, subject *Subject, with map[string]string) Result {
	pod, number := subject.Pod, subject.port()
	path := cmp.Or(with["path"], "/")
	route := fmt.Sprintf("/api/v1/namespaces/%s/pods/$POD_NAME:%s/proxy%s", pod.Namespace, number, path)
	asked := t.Kubectl.line(pod.Namespace, []string{"podkit", "curl", "$POD_NAME:" + number + path})
	result := Result{
		Commands: []report.Command{
			{Note: t.Messages.Text("debug.note.proxy"), Line: t.Kubectl.line(t.Kubectl.Home, []string{"proxy"})},
			{Note: t.Messages.Text("debug.note.here"), Line: export(pod).Line},
			{Line: "curl " + proxyAddress + route},
			{Note: t.Messages.Text("debug.note.raw"), Line: t.Kubectl.line(t.Kubectl.Home, []string{"get", "--raw", route})},
			{Note: t.Messages.Text("debug.note.shorter"), Line: asked},
		},
		Args: message.Args{"URL": proxyAddress + strings.ReplaceAll(route, "$POD_NAME", pod.Name), "Status": "", "Took": ""},
	}
	response, err := t.Pods.Fetch(ctx, pod, number, path)
	if err != nil {
		result.Err = err
		if isA(err, "curl.refused") {
			result.Facts = append(result.Facts, "refused")
		}
		return forbidden(result)
	}
	result.Args["Status"] = response.Status
	result.Args["Took"] = response.Duration.Round(time.Millisecond).String()
	result.Facts = []string{"answered"}
	if response.StatusCode >= 400 {
		result.Facts = []string{"http-error"}
	}
	return t.firstLines(result, string(response.Body), bodyLines, asked)
}

// forbidden adds the fact that the user may not do this.
func forbidden(result Result) Result {
	if isA(result.Err, "error.forbidden") {
		result.Facts = append(result.Facts, "forbidden")
	}
	return result
}

// containerFlag is -c and the container, where kubectl would not take the right one by itself.
func containerFlag(subject *Subject) []string {
	if subject.Container == "" && len(subject.Pod.Spec.Containers) == 1 {
		return nil
	}
	return []string{"-c", quote(subject.container())}
}
