package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// names lists the names of a list, in its order.
func names(list metav1.PartialObjectMetadataList) string {
	var all []string
	for i := range list.Items {
		all = append(all, list.Items[i].Name)
	}
	return strings.Join(all, " ")
}

func TestList(t *testing.T) {
	r := tape(t)
	for path, want := range map[string]string{
		"/api/v1/namespaces/shop/pods":                                                             "db-0 two web-0 web-1",
		"/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb":                                     "web-0 web-1",
		"/api/v1/namespaces/shop/pods?labelSelector=app+in+(db),app":                               "db-0",
		"/api/v1/namespaces/shop/pods?labelSelector=!app":                                          "two",
		"/api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb-1":                         "web-1",
		"/api/v1/namespaces/shop/pods?fieldSelector=status.phase%3DRunning":                        "web-0 web-1",
		"/api/v1/namespaces/shop/pods?fieldSelector=status.phase!%3DRunning,spec.nodeName%3Dnode1": "db-0",
		"/apis/apps/v1/deployments":                                                                "web",
		"/apis/apps/v1/namespaces/other/deployments":                                               "",
		"/apis/example.com/v1/widgets":                                                             "w",
		"/api/v1/namespaces/default/events?fieldSelector=involvedObject.kind%3DNode":               "e.1",
		"/api/v1/namespaces/default/events?fieldSelector=involvedObject.kind%3DNode,type%3DNormal": "",
	} {
		list := decode[metav1.PartialObjectMetadataList](t, r, path, "")
		if got := names(list); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
		if list.ResourceVersion != "75" {
			t.Errorf("%s: the resourceVersion %q is not the recording's last", path, list.ResourceVersion)
		}
	}
}

func TestPages(t *testing.T) {
	r := tape(t)
	path, got := "/api/v1/namespaces/shop/pods?limit=3", ""
	first := decode[metav1.PartialObjectMetadataList](t, r, path, "")
	if first.Continue == "" || first.RemainingItemCount == nil || *first.RemainingItemCount != 1 {
		t.Fatalf("the first page: %+v", first.ListMeta)
	}
	second := decode[metav1.PartialObjectMetadataList](t, r, path+"&continue="+first.Continue, "")
	if got = names(first) + " | " + names(second); got != "db-0 two web-0 | web-1" || second.Continue != "" {
		t.Errorf("%s, then %q", got, second.Continue)
	}
	if code, _, _ := ask(t, r, path+"&continue=nonsense", ""); code != http.StatusBadRequest {
		t.Errorf("a continue token of nobody's: %d", code)
	}
}

// TestRefusals: what was refused is refused again, what is not held is NotRecorded, and only what a list covers is 404.
func TestRefusals(t *testing.T) {
	r := tape(t)
	for path, want := range map[string]struct {
		code int
		text string
	}{
		"/api/v1/pods":                                                                {403, "pods is forbidden"},
		"/api/v1/pods?watch=1":                                                        {403, "pods is forbidden"},
		"/api/v1/namespaces/other/pods":                                               {403, `pods in namespace "other" are not in the recording; it holds those of namespace "shop"`},
		"/api/v1/namespaces/other/pods/web-0":                                         {403, "is not in the recording"},
		"/api/v1/namespaces/shop/pods/gone":                                           {404, `pods "gone" not found`},
		"/api/v1/namespaces/shop/pods/gone/log":                                       {404, `pods "gone" not found`},
		"/api/v1/namespaces/shop/configmaps/gone":                                     {404, `configmaps "gone" not found`},
		"/api/v1/namespaces/shop/configmaps/else":                                     {403, "is not in the recording"},
		"/api/v1/namespaces/shop/configmaps":                                          {403, "are not in the recording"},
		"/api/v1/namespaces/default/events":                                           {403, "are not in the recording"},
		"/api/v1/namespaces/default/events?fieldSelector=x%3D1":                       {400, "field label not supported: x"},
		"/api/v1/namespaces/shop/pods?labelSelector=a%3D%3D%3D":                       {400, "unable to parse"},
		"/apis/example.com/v1/widgets/x":                                              {404, `widgets.example.com "x" not found`},
		"/apis/example.com/v1/gadgets":                                                {404, "could not find the requested resource"},
		"/apis/none/v1":                                                               {404, "could not find the requested resource"},
		"/nonsense":                                                                   {404, "could not find the requested resource"},
		"/api/v1/namespaces/shop/pods/web-0/log?previous=true":                        {400, "previous terminated container not found"},
		"/api/v1/namespaces/shop/pods/two/log":                                        {400, "a container name must be specified for pod two, choose one of: [a b]"},
		"/api/v1/namespaces/shop/pods/two/log?container=z":                            {400, "container z is not valid for pod two"},
		"/api/v1/namespaces/shop/pods/two/log?container=a":                            {403, "is not in the recording"},
		"/api/v1/namespaces/shop/pods/web-0/exec?command=ls&command=-l&container=app": {405, "kubectl exec -n shop web-0 -c app -- ls -l"},
		"/api/v1/namespaces/shop/pods/web-0:8080/proxy/else":                          {405, "kubectl get --raw /api/v1/namespaces/shop/pods/web-0:8080/proxy/else"},
		"/api/v1/namespaces/shop/pods/web-0:8080/proxy/else?a=1&b=2":                  {405, "kubectl get --raw '/api/v1/namespaces/shop/pods/web-0:8080/proxy/else?a=1&b=2'"},
		"/api/v1/namespaces/shop/pods/web-0/exec?command=sh&command=-c&command=a+b%3Bc&stdin=true&tty=true": {405, "kubectl exec -n shop -i -t web-0 -- sh -c 'a b;c'"},
		"/api/v1/namespaces/shop/pods/web-0/attach?container=app&stdin=true":                                {405, "kubectl attach -n shop -i web-0 -c app"},
		"/api/v1/namespaces/shop/pods/web-0/portforward":                                                    {405, "kubectl port-forward -n shop web-0 PORT"},
	} {
		code, _, body := ask(t, r, path, "")
		var status metav1.Status
		if err := json.Unmarshal([]byte(body), &status); err != nil {
			t.Errorf("%s: not a Status: %s", path, body)
			continue
		}
		if code != want.code || int(status.Code) != want.code || !strings.Contains(status.Message, want.text) {
			t.Errorf("%s: %d %s, want %d %s", path, code, status.Message, want.code, want.text)
		}
		if strings.Contains(want.text, "not in the recording") && status.Reason != recording.NotRecorded {
			t.Errorf("%s: reason %s", path, status.Reason)
		}
	}
}

// TestSingleHeld: one object that is held can be listed by its name, though the list is not held.
func TestSingleHeld(t *testing.T) {
	list := decode[metav1.PartialObjectMetadataList](t, tape(t), "/api/v1/namespaces/shop/configmaps?fieldSelector=metadata.name%3Dsettings", "")
	if names(list) != "settings" {
		t.Errorf("got %q", names(list))
	}
}

func TestGet(t *testing.T) {
	r := tape(t)
	deployment := decode[map[string]any](t, r, "/apis/apps/v1/namespaces/shop/deployments/web", "")
	if deployment["kind"] != "Deployment" {
		t.Errorf("got %v", deployment)
	}
	// What was recorded as metadata alone is still of its kind.
	secret := decode[map[string]any](t, r, "/api/v1/namespaces/shop/secrets/key", "")
	if secret["kind"] != "Secret" || secret["apiVersion"] != "v1" || secret["data"] != nil {
		t.Errorf("got %v", secret)
	}
	two := decode[map[string]any](t, r, "/api/v1/namespaces/shop/pods/two", "")
	if two["kind"] != "Pod" || two["apiVersion"] != "v1" {
		t.Errorf("got %v", two)
	}
	partial := decode[metav1.PartialObjectMetadata](t, r, "/api/v1/namespaces/shop/pods/web-0",
		"application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
	if partial.Kind != "PartialObjectMetadata" || partial.Labels["app"] != "web" {
		t.Errorf("got %+v", partial)
	}
	if code, header, body := ask(t, r, "/api/v1/namespaces/shop/pods/web-0", "application/yaml"); code != 200 || header.Get("Content-Type") != "application/yaml" || !strings.HasPrefix(body, "apiVersion: v1\n") {
		t.Errorf("YAML: %d %v %s", code, header, body)
	}
	if code, _, _ := ask(t, r, "/api/v1/namespaces/shop/pods/web-0", "application/vnd.kubernetes.protobuf"); code != http.StatusNotAcceptable {
		t.Errorf("protobuf alone: %d", code)
	}
}

func TestWritesAreRefused(t *testing.T) {
	handler := server.Handler(tape(t))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		for _, path := range []string{"/api/v1/namespaces/shop/pods/web-0", "/api/v1/namespaces/shop/pods", "/apis/none/v1/things", "/version", "/api"} {
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequest(method, path, strings.NewReader("{}")))
			if answer.Code != http.StatusMethodNotAllowed || !strings.Contains(answer.Body.String(), "do it on the live cluster") {
				t.Errorf("%s %s: %d %s", method, path, answer.Code, answer.Body)
			}
		}
	}
}

// TestLiveLine: what an app is sent, and no answer to was recorded, can be sent on the live cluster.
func TestLiveLine(t *testing.T) {
	handler := server.Handler(tape(t))
	at := "/api/v1/namespaces/shop/pods/web-0:8080/proxy/a"
	for method, want := range map[string]string{
		http.MethodGet: "kubectl get --raw " + at, http.MethodPost: "kubectl create --raw " + at + " -f <file>",
		http.MethodPut: "kubectl replace --raw " + at + " -f <file>", http.MethodDelete: "kubectl delete --raw " + at,
		http.MethodPatch: "curl -X PATCH http://127.0.0.1:8001" + at,
	} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(method, at, nil))
		var status metav1.Status
		if err := json.Unmarshal(answer.Body.Bytes(), &status); err != nil {
			t.Fatal(err)
		}
		if status.Reason != recording.NotRecorded || len(status.Details.Causes) != 1 || status.Details.Causes[0].Type != recording.LiveLine {
			t.Fatalf("%s: %s %+v", method, status.Reason, status.Details)
		}
		line, _ := recording.LiveCommand(status.Details.Causes[0].Message).Line()
		if line != want || !strings.HasSuffix(status.Message, ": "+want) {
			t.Errorf("%s: %s %+v", method, status.Reason, status.Details)
		}
	}
}

// TestLiveLineAsksThatPathAlone: curl takes brackets for several addresses, and resolves dots.
func TestLiveLineAsksThatPathAlone(t *testing.T) {
	at := "/api/v1/namespaces/shop/pods/web-0:8080/proxy/"
	for path, want := range map[string]string{
		"[1-3]": "curl -X PATCH -g 'http://127.0.0.1:8001" + at + "[1-3]'", "%2e%2e/x": string(shellword.Dots),
	} {
		answer := httptest.NewRecorder()
		server.Handler(tape(t)).ServeHTTP(answer, httptest.NewRequest(http.MethodPatch, at+path, nil))
		var status metav1.Status
		if err := json.Unmarshal(answer.Body.Bytes(), &status); err != nil || status.Details == nil || len(status.Details.Causes) != 1 {
			t.Fatalf("%s: %v %s", path, err, answer.Body)
		}
		if line, refusal := recording.LiveCommand(status.Details.Causes[0].Message).Line(); line+string(refusal) != want {
			t.Errorf("%s: %s%s, %s", path, line, refusal, status.Message)
		}
	}
}

// TestOpenAPI: what is not recorded is said in plain text, which kubectl shows; an empty document would deny that there are pods.
func TestOpenAPI(t *testing.T) {
	for _, path := range []string{"/openapi/v2", "/openapi/v3", "/openapi/v3/api/v1?hash=1"} {
		code, header, body := ask(t, tape(t), path, "application/json, */*")
		if code != http.StatusForbidden || !strings.HasPrefix(header.Get("Content-Type"), "text/plain") ||
			!strings.Contains(body, "holds no OpenAPI documents") || !strings.Contains(body, "live cluster of v1.36.3") {
			t.Errorf("%s: %d %s %s", path, code, header.Get("Content-Type"), body)
		}
	}
	if code, _, _ := ask(t, tape(t), "/openapiv2", ""); code != http.StatusNotFound {
		t.Errorf("another path: %d", code)
	}
}

func TestAnswers(t *testing.T) {
	code, header, body := ask(t, tape(t), "/api/v1/namespaces/shop/pods/web-0:8080/proxy/healthz?full=1", "")
	if code != 503 || body != "ill" || header.Get("Content-Type") != "text/plain" {
		t.Errorf("got %d %v %s", code, header, body)
	}
}

// TestHostile: an answer and a refusal whose numbers are no HTTP statuses end nothing.
func TestHostile(t *testing.T) {
	r := tape(t,
		answered(recording.AnswerKey{Resource: "pods", Subresource: "proxy", Namespace: "shop", Name: "x", Path: "/"}, recording.Answer{Code: -1}),
		refused(recording.Request{Verb: "get", Version: "v1", Resource: "pods", Namespace: "shop", Name: "x"}, 7, "", "seven"),
	)
	for _, path := range []string{"/api/v1/namespaces/shop/pods/x/proxy/", "/api/v1/namespaces/shop/pods/x"} {
		if code, _, _ := ask(t, r, path, ""); code != http.StatusInternalServerError {
			t.Errorf("%s: %d", path, code)
		}
	}
}
