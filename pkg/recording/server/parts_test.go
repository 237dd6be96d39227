package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

const tableType = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

func TestTable(t *testing.T) {
	r := tape(t)
	for path, want := range map[string]string{
		"/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb":                       "Name Ready Status Restarts Age | web-0 1/1 Running 0 5m | web-1 1/1 Running 0 5m",
		"/apis/apps/v1/deployments":                                                  "Name Ready Up-to-date Available Age | web 1/2 2 1 60m",
		"/apis/example.com/v1/widgets":                                               "Name Age | w 24h",
		"/api/v1/namespaces/default/events?fieldSelector=involvedObject.kind%3DNode": "Last Seen Type Reason Object Message | 60s Warning Full node/node1 disk",
		"/api/v1/namespaces/shop/configmaps/settings":                                "Name Data Age | settings 2 <unknown>",
		"/api/v1/namespaces/shop/secrets/key":                                        "Name Type Data Age | key <unknown> <unknown> <unknown>",
	} {
		table := decode[metav1.Table](t, r, path, tableType)
		var lines []string
		var head []string
		for _, column := range table.ColumnDefinitions {
			if column.Priority == 0 {
				head = append(head, column.Name)
			}
		}
		lines = append(lines, strings.Join(head, " "))
		for _, row := range table.Rows {
			var cells []string
			for i, cell := range row.Cells {
				if table.ColumnDefinitions[i].Priority == 0 {
					text, err := json.Marshal(cell)
					if err != nil {
						t.Fatal(err)
					}
					cells = append(cells, strings.Trim(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(text)), `"`))
				}
			}
			lines = append(lines, strings.Join(cells, " "))
			var partial metav1.PartialObjectMetadata
			if err := json.Unmarshal(row.Object.Raw, &partial); err != nil || partial.Kind != "PartialObjectMetadata" || partial.Name == "" {
				t.Errorf("%s: the row brings along %s", path, row.Object.Raw)
			}
		}
		if got := strings.Join(lines, " | "); got != want {
			t.Errorf("%s:\n%s, want\n%s", path, got, want)
		}
	}
}

func TestLogs(t *testing.T) {
	r := tape(t)
	const path = "/api/v1/namespaces/shop/pods/web-0/log"
	for query, want := range map[string]string{
		"":                                "one\ntwo\nthree\n",
		"?container=app&tailLines=2":      "two\nthree\n",
		"?tailLines=0":                    "",
		"?sinceSeconds=45":                "two\nthree\n",
		"?sinceTime=2026-11-26T09:59:40Z": "three\n",
		"?sinceTime=2026-11-26T10:00:40Z": "",
		"?timestamps=true&tailLines=1":    "2026-11-26T09:59:59Z three\n",
		"?limitBytes=5":                   "one\nt",
		"?follow=true&tailLines=1":        "three\n",
	} {
		code, header, body := ask(t, r, path+query, "")
		if code != http.StatusOK || body != want {
			t.Errorf("%s: %d %q, want %q", query, code, body, want)
		}
		if warned := header.Get("Warning") != ""; warned == strings.Contains(query, "tailLines") {
			t.Errorf("%s: warned of what is cut off: %v", query, warned)
		}
	}
}

// TestWatch: the state comes first if it is asked for, then the watch stays open until the client goes.
func TestWatch(t *testing.T) {
	r := tape(t)
	for query, want := range map[string]string{
		"watch=1":                      "ADDED ADDED",
		"watch=true&resourceVersion=0": "ADDED ADDED",
		"watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan": "ADDED ADDED BOOKMARK",
	} {
		ctx, cancel := context.WithCancel(context.Background())
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb&"+query, nil)
		response, err := server.Transport(r).RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(response.Body)
		for _, kind := range strings.Fields(want) {
			if !lines.Scan() {
				t.Fatalf("%s: the watch ended before %s", query, kind)
			}
			var event metav1.WatchEvent
			if err := json.Unmarshal(lines.Bytes(), &event); err != nil || event.Type != kind {
				t.Errorf("%s: %v %s, want %s", query, err, lines.Bytes(), kind)
			}
			if kind == "BOOKMARK" && !strings.Contains(string(event.Object.Raw), metav1.InitialEventsAnnotationKey) {
				t.Errorf("%s: %s", query, event.Object.Raw)
			}
		}
		cancel()
		if lines.Scan() {
			t.Errorf("%s: one more: %s", query, lines.Bytes())
		}
		_ = response.Body.Close()
	}
	code, _, body := ask(t, r, "/api/v1/namespaces/shop/pods?watch=1&resourceVersion=75&timeoutSeconds=1", "")
	if code != http.StatusOK || body != "" {
		t.Errorf("a watch from the list's revision: %d %s", code, body)
	}
}

// TestDiscovery: client-go finds the resources in both forms of discovery.
func TestDiscovery(t *testing.T) {
	r := tape(t)
	for _, legacy := range []bool{false, true} {
		client, err := discovery.NewDiscoveryClientForConfig(&rest.Config{Host: "http://recording.invalid", Transport: server.Transport(r)})
		if err != nil {
			t.Fatal(err)
		}
		client.UseLegacyDiscovery = legacy
		_, lists, err := client.ServerGroupsAndResources()
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, list := range lists {
			for _, resource := range list.APIResources {
				found = append(found, list.GroupVersion+" "+resource.Name+" "+resource.Kind+" "+strings.Join(resource.ShortNames, ","))
			}
		}
		want := []string{
			"v1 configmaps ConfigMap co", "v1 events Event ev", "v1 pods Pod po", "v1 pods/log Pod ", "v1 pods/eviction Eviction ", "v1 secrets Secret se",
			"apps/v1 deployments Deployment de", "example.com/v1 widgets Widget wi",
		}
		slices.Sort(want)
		slices.Sort(found) // The client makes a map of the groups.
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("legacy %v (-want +got):\n%s", legacy, diff)
		}
		info, err := client.ServerVersion()
		if err != nil || info.GitVersion != "v1.36.3" {
			t.Errorf("version: %v %v", info, err)
		}
	}
}

// TestVersionThatIsNotRecorded: files of objects do not tell it. kubectl, which takes anything, shows nothing of a Status.
func TestVersionThatIsNotRecorded(t *testing.T) {
	r, err := recording.ReadPlain(t.Context(), strings.NewReader(`{"kind":"PodList","apiVersion":"v1","items":[]}`), takenAt, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	const want = "the version of the server is not in the recording"
	if code, _, body := ask(t, r, "/version", "application/json, */*"); code != http.StatusForbidden || body != want+"\n" {
		t.Errorf("kubectl is told %d %s", code, body)
	}
	code, _, body := ask(t, r, "/version", "application/json")
	if code != http.StatusForbidden || !strings.Contains(body, `"reason":"NotRecorded"`) || !strings.Contains(body, want) {
		t.Errorf("podkit is told %d %s", code, body)
	}
	client := discovery.NewDiscoveryClientForConfigOrDie(&rest.Config{Host: "http://recording", Transport: server.Transport(r)})
	if _, err := client.ServerVersion(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("client-go says %v", err)
	}
}

func TestReviews(t *testing.T) {
	handler := server.Handler(tape(t))
	for asked, want := range map[string]string{
		`"verb":"list","resource":"pods","namespace":"shop"`:                    `"allowed":true`,
		`"verb":"list","resource":"pods"`:                                       "pods is forbidden",
		`"verb":"get","resource":"configmaps","namespace":"shop"`:               "not in the recording",
		`"verb":"delete","resource":"pods","namespace":"shop"`:                  "a recording can only be read",
		`"verb":"watch","resource":"deployments","group":"apps"`:                `"allowed":true`,
		`"verb":"get","resource":"pods","subresource":"log","namespace":"shop"`: `"allowed":true`,
	} {
		body := `{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{` + asked + `}}}`
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", strings.NewReader(body)))
		if answer.Code != http.StatusCreated || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("%s: %d %s", asked, answer.Code, answer.Body)
		}
	}
}

func TestHealth(t *testing.T) {
	for _, path := range []string{"/healthz", "/readyz", "/livez"} {
		if code, _, body := ask(t, tape(t), path, ""); code != 200 || body != "ok" {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
}
