package capture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

const web = `
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  uid: u1
  labels: {app: web}
  ownerReferences: [{apiVersion: shop.example/v1, kind: Rollout, name: web, uid: u9, controller: true}]
spec:
  nodeName: node1
  serviceAccountName: shop
  containers:
  - {name: app, image: web, env: [{name: DB_PASSWORD, value: Hunter2secret}, {name: X, valueFrom: {configMapKeyRef: {name: settings, key: x}}}]}
status:
  phase: Running
  containerStatuses: [{name: app, restartCount: 3, ready: false, image: web, imageID: "", lastState: {terminated: {exitCode: 1}}, state: {waiting: {reason: CrashLoopBackOff}}}]
`

const other = `{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: shop, uid: u2}, spec: {containers: [{name: app, image: x}]}, status: {phase: Pending}}`

// shop is a world with a failing pod and a namespace that is none of the target's.
func shop(t *testing.T) *world {
	w := newWorld(t)
	w.put(resource("", "pods", "Pod", true), web, other,
		`{apiVersion: v1, kind: Pod, metadata: {name: far, namespace: elsewhere, uid: u3}, spec: {containers: [{name: app, image: x}]}}`)
	w.put(resource("", "nodes", "Node", false), `{apiVersion: v1, kind: Node, metadata: {name: node1}, spec: {providerID: "aws:///a/i-0abcdef1234567890"}}`)
	w.put(resource("", "configmaps", "ConfigMap", true), `{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}, data: {x: the-value}}`)
	w.put(resource("", "secrets", "Secret", true), `{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop, annotations: {kubectl.kubernetes.io/last-applied-configuration: "{data: c2VjcmV0}"}}}`)
	w.put(resource("shop.example", "rollouts", "Rollout", true), `{apiVersion: shop.example/v1, kind: Rollout, metadata: {name: web, namespace: shop, uid: u9}}`)
	w.put(resource("", "namespaces", "Namespace", false), `{apiVersion: v1, kind: Namespace, metadata: {name: shop}}`, `{apiVersion: v1, kind: Namespace, metadata: {name: elsewhere}}`)
	w.refuse(resource("", "events", "Event", true), "shop", 403, metav1.StatusReasonForbidden)
	w.refuse(resource("", "serviceaccounts", "ServiceAccount", true), "shop", 403, metav1.StatusReasonForbidden,
		`{apiVersion: v1, kind: ServiceAccount, metadata: {name: shop, namespace: shop}}`)
	w.must(w.writer.Log(recording.LogKey{Namespace: "shop", Pod: "web", UID: "u1", Container: "app", Previous: true}, recording.LogTail{
		Text: "2026-11-22T19:39:03Z starting with Hunter2secret\n2026-11-22T19:39:04Z panic: no database\n",
	}))
	return w
}

func TestRun(t *testing.T) {
	var file bytes.Buffer
	writer, err := recording.NewWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	c := &Capture{
		Source: shop(t).serve(), Selections: in("shop", "web"), LogLines: 200, LogBytes: 1 << 20,
		Redactor: redact.New([]byte("salt"), nil), Header: recording.Header{TakenAt: taken, Namespace: "shop"},
	}
	summary, err := c.Run(t.Context(), writer)
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, file.Bytes())

	if r.Header.Server.GitVersion != "v1.36.3" || r.Header.Redaction.Mode != "on" {
		t.Errorf("header: %+v", r.Header)
	}
	if summary.Targets != 1 || summary.Logs < 1 {
		t.Errorf("summary: %+v", summary)
	}
	objectOf(t, r, "", "pods", "shop", "other") // The whole namespace, so that what is not there did not exist.
	objectOf(t, r, "shop.example", "rollouts", "shop", "web")
	objectOf(t, r, "", "serviceaccounts", "shop", "shop") // Who may not list may get.
	objectOf(t, r, "", "namespaces", "", "shop")
	for _, gone := range [][3]string{{"pods", "elsewhere", "far"}, {"namespaces", "", "elsewhere"}} {
		if _, there := r.Object(schema.GroupVersionResource{Version: "v1", Resource: gone[0]}, gone[1], gone[2]); there {
			t.Errorf("%v was not asked for", gone)
		}
	}
	if data := objectOf(t, r, "", "configmaps", "shop", "settings")["data"].(map[string]any); data["x"] != "" {
		t.Errorf("the ConfigMap holds %v", data)
	}
	if secret := objectOf(t, r, "", "secrets", "shop", "s"); secret["kind"] != "Secret" || secret["metadata"].(map[string]any)["annotations"].(map[string]any)["kubectl.kubernetes.io/last-applied-configuration"] != nil {
		t.Errorf("the Secret is %v", secret)
	}
	tail, found := r.Log(recording.LogKey{Namespace: "shop", Pod: "web", UID: "u1", Container: "app", Previous: true})
	if !found || !strings.Contains(tail.Text, "starting with ‹redacted:password:") || !strings.Contains(tail.Text, "panic: no database") {
		t.Errorf("the log is %q, %v", tail.Text, found)
	}
	for _, resource := range []string{"events", "serviceaccounts"} {
		status, refused := r.Refusal(recording.Request{Verb: "list", Version: "v1", Resource: resource, Namespace: "shop"})
		if !refused || status.Code != 403 {
			t.Errorf("the refusal of %s is %v, %+v", resource, refused, status)
		}
	}
	if len(summary.Refused) < 2 {
		t.Errorf("refused: %+v", summary.Refused)
	}
}

// What was captured of a recording is the recording, if nothing is taken out.
func TestRunOfEverythingIsTheRecording(t *testing.T) {
	source := shop(t)
	client := source.serve()
	var file bytes.Buffer
	writer, err := recording.NewWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	c := &Capture{Source: client, Selections: in(""), LogLines: 200, LogBytes: 1 << 20, Header: recording.Header{TakenAt: taken}}
	if _, err := c.Run(t.Context(), writer); err != nil {
		t.Fatal(err)
	}
	before, after := read(t, source.file.Bytes()), read(t, file.Bytes())
	for _, resource := range before.Resources {
		if resource.Name == "configmaps" || resource.Name == "secrets" || resource.Name == "events" || resource.Name == "serviceaccounts" {
			continue // Values are never recorded, and the others are refused.
		}
		want, got := before.Objects(resource.GVR()), after.Objects(resource.GVR())
		if len(want) != len(got) {
			t.Errorf("%d %s, want %d", len(got), resource.Name, len(want))
			continue
		}
		for i := range want {
			if !bytes.Equal(want[i].Raw, got[i].Raw) {
				t.Errorf("%s\nis  %s\nwas %s", resource.Name, got[i].Raw, want[i].Raw)
			}
		}
	}
}

// TestWithin: what is in a namespace without pods counts, and tells it from one that does not exist.
func TestWithin(t *testing.T) {
	for namespace, want := range map[string]int{"empty": 1, "nowhere": 0, "": 2} {
		w := newWorld(t)
		w.put(resource("", "pods", "Pod", true))
		w.put(resource("", "nodes", "Node", false), `{apiVersion: v1, kind: Node, metadata: {name: node1}}`)
		w.put(resource("", "configmaps", "ConfigMap", true),
			`{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: empty}}`, `{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: other}}`)
		writer, err := recording.NewWriter(&bytes.Buffer{})
		if err != nil {
			t.Fatal(err)
		}
		summary, err := (&Capture{Source: w.serve(), Selections: in(namespace), LogLines: 1, LogBytes: 1}).Run(t.Context(), writer)
		if err != nil || summary.Targets != 0 || summary.Within != want {
			t.Errorf("%q: %v, %+v, want %d within", namespace, err, summary, want)
		}
	}
}

// restarting is a cluster on which the container of pod web is started again each time that its logs have been read,
// times times.
type restarting struct {
	*Client
	t     *testing.T
	times int
	reads atomic.Int32
}

const webPath = "/api/v1/namespaces/shop/pods/web"

func (r *restarting) Open(ctx context.Context, path string, query url.Values, accept string) (io.ReadCloser, error) {
	switch path {
	case webPath:
		instance := min(int(r.reads.Load()), r.times)
		raw, err := yaml.YAMLToJSON([]byte(strings.Replace(web, "restartCount: 3", "restartCount: "+strconv.Itoa(3+instance), 1)))
		if err != nil {
			r.t.Error(err)
		}
		return io.NopCloser(bytes.NewReader(raw)), nil
	case webPath + "/log":
		instance := r.reads.Load()
		if query.Get("previous") == "true" {
			r.reads.Add(1)
		}
		return io.NopCloser(strings.NewReader(fmt.Sprintf("2026-11-22T19:39:03Z read %d of Hunter2secret\n", instance))), nil
	}
	return r.Client.Open(ctx, path, query, accept)
}

// TestALogIsThatOfItsPod: when a container was started again between the pod and its logs, both are read anew, a few times
// at most, and the newer pod is recorded, without its secrets.
func TestALogIsThatOfItsPod(t *testing.T) {
	for restarts, want := range map[int]struct {
		count float64
		log   string
	}{0: {3, "read 0"}, 1: {4, "read 1"}, 2: {5, "read 2"}, 9: {5, "read 2"}} {
		var file bytes.Buffer
		writer, err := recording.NewWriter(&file)
		if err != nil {
			t.Fatal(err)
		}
		c := &Capture{
			Source: &restarting{Client: shop(t).serve(), t: t, times: restarts}, Selections: in("shop", "web"), LogLines: 200, LogBytes: 1 << 20,
			Redactor: redact.New([]byte("salt"), nil), Header: recording.Header{TakenAt: taken, Namespace: "shop"},
		}
		summary, err := c.Run(t.Context(), writer)
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, file.Bytes())
		status := objectOf(t, r, "", "pods", "shop", "web")["status"].(map[string]any)
		if got := status["containerStatuses"].([]any)[0].(map[string]any)["restartCount"]; got != want.count {
			t.Errorf("%d restarts: the pod has restartCount %v, want %v", restarts, got, want.count)
		}
		tail, _ := r.Log(recording.LogKey{Namespace: "shop", Pod: "web", UID: "u1", Container: "app", Previous: true})
		if !strings.Contains(tail.Text, want.log) {
			t.Errorf("%d restarts: the log is %q, want %q", restarts, tail.Text, want.log)
		}
		if bytes.Contains(objectBytes(t, r), []byte("Hunter2secret")) || strings.Contains(tail.Text, "Hunter2secret") {
			t.Errorf("%d restarts: the secret was recorded", restarts)
		}
		if summary.Logs != 2 || !slices.Contains(summary.Objects, Count{"pods", 2}) {
			t.Errorf("%d restarts: %+v", restarts, summary)
		}
	}
}

func objectBytes(t *testing.T, r *recording.Recording) []byte {
	t.Helper()
	found, ok := r.Object(schema.GroupVersionResource{Version: "v1", Resource: "pods"}, "shop", "web")
	if !ok {
		t.Fatal("the pod is not in the recording")
	}
	return found.Raw
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	writer, err := recording.NewWriter(&bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	c := &Capture{Source: shop(t).serve(), Selections: in("shop"), LogLines: 1, LogBytes: 1}
	if _, err := c.Run(ctx, writer); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestRunFailsWithoutPods(t *testing.T) {
	w := newWorld(t)
	w.refuse(resource("", "pods", "Pod", true), "shop", 403, metav1.StatusReasonForbidden)
	writer, err := recording.NewWriter(&bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	c := &Capture{Source: w.serve(), Selections: in("shop"), LogLines: 1, LogBytes: 1}
	_, err = c.Run(t.Context(), writer)
	var unread *UnreadError
	if !errors.As(err, &unread) || unread.Resource != "pods" || unread.Namespace != "shop" {
		t.Errorf("error is %v", err)
	}
}

func TestLastBytesKeepsWholeLines(t *testing.T) {
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"a\nb\n", 10, "a\nb\n"},
		{"password=secret\nb\n", 8, "b\n"},
		{"one line without an end", 5, ""},
	} {
		if got := lastBytes(test.text, test.most); got != test.want {
			t.Errorf("the last %d bytes of %q are %q, want %q", test.most, test.text, got, test.want)
		}
	}
}
