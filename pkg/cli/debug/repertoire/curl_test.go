package repertoire

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// asking are the lines of a curl step about a pod with such a probe, and why there is none, a line each.
func asking(t *testing.T, pod, path, host string) string {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	container := corev1.Container{Name: "app", ReadinessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{
		HTTPGet: &corev1.HTTPGetAction{Path: path, Host: host, Port: intstr.FromInt32(8080)},
	}}}
	subject := &Subject{Container: "app", Pod: &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: pod, Namespace: "shop"},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{container}},
	}}
	tools := Tools{Pods: inside{}, Messages: messages, Kubectl: Kubectl{Name: "kubectl"}}
	var lines strings.Builder
	for _, command := range tools.curl(t.Context(), subject, map[string]string{"probe": "yes"}).Commands {
		line, refusal := command.Command.Line()
		lines.WriteString(line + string(refusal) + "\n")
	}
	return lines.String()
}

// TestNoLineLeavesTheApp: curl would resolve the dots before it asks the API server.
func TestNoLineLeavesTheApp(t *testing.T) {
	for pod, paths := range map[string][]string{
		"web-0":   {"/../../../secrets", "/%2e%2e/%2e%2e/x", "/%252e%252e/x", "/..%2f..%2fx", `/\..\..`},
		"../../x": {"/healthz"},
	} {
		for _, path := range paths {
			if lines := asking(t, pod, path, ""); lines != string(shellword.Dots)+"\n" {
				t.Errorf("%s of %s:\n%s", path, pod, lines)
			}
		}
	}
	lines := asking(t, "web-0", "/[1-9]{a,b}", "")
	if want := `curl -g http://localhost:8001/api/v1/namespaces/shop/pods/"$POD_NAME"':8080/proxy/[1-9]{a,b}'`; !strings.Contains(lines, want) {
		t.Errorf("curl would ask for several addresses:\n%s", lines)
	}
}

// TestNoOtherHostIsAsked: a probe of another host is none that is sent once more.
func TestNoOtherHostIsAsked(t *testing.T) {
	if lines := asking(t, "web-0", "/x", "elsewhere.example"); lines != "" {
		t.Errorf("it is asked:\n%s", lines)
	}
}
