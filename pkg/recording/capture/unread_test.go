package capture

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// captured is the shop, captured through something that stands before it.
func captured(t *testing.T, front func(http.ResponseWriter, *http.Request) bool) (*recording.Recording, *Summary) {
	t.Helper()
	w := shop(t)
	w.put(resource("apps", "deployments", "Deployment", true), `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}`)
	var file bytes.Buffer
	writer, err := recording.NewWriter(&file)
	w.must(err)
	c := &Capture{Source: w.behind(front), Selections: in("shop"), LogLines: 20, LogBytes: 1 << 20, Header: recording.Header{TakenAt: taken}}
	summary, err := c.Run(t.Context(), writer)
	w.must(err)
	return read(t, file.Bytes()), summary
}

// told is what a capture says of a resource that it could not read.
func told(summary *Summary, resource string) (recording.Refusal, bool) {
	at := slices.IndexFunc(summary.Refused, func(r recording.Refusal) bool { return r.Request.Resource == resource })
	if at < 0 {
		return recording.Refusal{}, false
	}
	return summary.Refused[at], true
}

func answer(w http.ResponseWriter, code int, media, body string) bool {
	w.Header().Set("Content-Type", media)
	w.WriteHeader(code)
	_, _ = io.WriteString(w, body) // A client that has gone away is no concern of the server's.
	return true
}

const forbidden = `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,"message":"forbidden: no"}`

// TestAServerThatDoesNotTellOfItself: what every server has is read all the same, and the refusals are told.
func TestAServerThatDoesNotTellOfItself(t *testing.T) {
	for name, refused := range map[string][]string{
		"no version": {"/version"}, "no groups": {"/apis"}, "no core": {"/api"}, "nothing": {"/version", "/api", "/apis"},
	} {
		t.Run(name, func(t *testing.T) {
			r, summary := captured(t, func(w http.ResponseWriter, r *http.Request) bool {
				return slices.Contains(refused, r.URL.Path) && answer(w, 403, "application/json", forbidden)
			})
			objectOf(t, r, "", "pods", "shop", "web")
			objectOf(t, r, "apps", "deployments", "shop", "web")
			if refusal, found := told(summary, "/version"); found != slices.Contains(refused, "/version") || found && refusal.Status.Code != 403 {
				t.Errorf("of the version it says %v, %+v", found, refusal)
			}
			if known := r.Header.Server.GitVersion != ""; known == slices.Contains(refused, "/version") {
				t.Errorf("the server is %+v", r.Header.Server)
			}
			if refusal, found := told(summary, "/apis"); found == (name == "no version") || found && !strings.Contains(refusal.Status.Message, "no") {
				t.Errorf("of discovery it says %v, %+v", found, refusal)
			}
			if status, found := r.Refusal(recording.Request{Verb: "get", Resource: refused[0]}); refused[0] == "/version" && (!found || status.Code != 403) {
				t.Errorf("the recording holds %v, %+v", found, status)
			}
		})
	}
}

// TestWhatIsNoList: nothing that is not wholly a list is held for one.
func TestWhatIsNoList(t *testing.T) {
	const json = "application/json"
	for name, test := range map[string]struct {
		code              int
		media, body, want string
	}{
		"nothing in it":   {200, json, `{}`, "does not say what it is"},
		"no items":        {200, json, `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{}}`, "without items"},
		"another list":    {200, json, `{"kind":"NodeList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"a"}}]}`, "a NodeList and no ConfigMapList"},
		"told at the end": {200, json, `{"apiVersion":"v1","items":[],"kind":"NodeList","metadata":{}}`, "a NodeList and no ConfigMapList"},
		"other objects":   {200, json, `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{},"items":[{"kind":"Secret","metadata":{"name":"a"}}]}`, "a list of Secret and no ConfigMapList"},
		"cut":             {200, json, `{"kind":"ConfigMapList","apiVersion":"v1","items":[],"metadata":{}`, "the answer broke off before its end"},
		"cut in an item":  {200, json, `{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":`, "the answer broke off before its end"},
		"a login page":    {200, "text/html", `<html>`, "reading a list"},
		"404":             {404, json, strings.NewReplacer("403", "404", "Forbidden", "NotFound", "forbidden: no", "no such resource").Replace(forbidden), "no such resource"},
	} {
		t.Run(name, func(t *testing.T) {
			r, summary := captured(t, func(w http.ResponseWriter, r *http.Request) bool {
				return r.URL.Path == "/api/v1/namespaces/shop/configmaps" && answer(w, test.code, test.media, test.body)
			})
			if slices.ContainsFunc(r.Listings(), func(l recording.Listing) bool { return l.Resource == "configmaps" }) {
				t.Error("it is held for a complete list")
			}
			if refusal, found := told(summary, "configmaps"); !found || !strings.Contains(refusal.Status.Message, test.want) {
				t.Errorf("it says %v, %+v; want %q", found, refusal.Status, test.want)
			}
			if _, found := r.Object(schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}, "", "a"); found {
				t.Error("an object of another kind was recorded")
			}
			objectOf(t, r, "apps", "deployments", "shop", "web") // The rest goes on.
		})
	}
}

// pageOf is a page of ConfigMaps.
func pageOf(more string, left int, names ...string) string {
	items := make([]string, 0, len(names))
	for _, name := range names {
		items = append(items, `{"metadata":{"namespace":"shop","name":"`+name+`"}}`)
	}
	return `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"continue":"` + more + `","remainingItemCount":` + strconv.Itoa(left) + `},"items":[` + strings.Join(items, ",") + `]}`
}

// TestAListThatBreaksOff: what was read is recorded, and of how many it is; it is not held for all there is.
func TestAListThatBreaksOff(t *testing.T) {
	pages := 0
	for name, test := range map[string]struct {
		second func(w http.ResponseWriter) bool
		code   int32
		want   string
	}{
		"refused": {func(w http.ResponseWriter) bool { return answer(w, 403, "application/json", forbidden) }, 403, "1 of 1234 were read, then: forbidden: no"},
		"endless": {func(w http.ResponseWriter) bool {
			pages++
			return answer(w, 200, "application/json", pageOf("t"+strconv.Itoa(pages), 7))
		}, 503, "1 of 8 were read, then: after 11 pages "},
	} {
		t.Run(name, func(t *testing.T) {
			r, summary := captured(t, func(w http.ResponseWriter, r *http.Request) bool {
				switch {
				case r.URL.Path != "/api/v1/namespaces/shop/configmaps":
					return false
				case !r.URL.Query().Has("continue"):
					return answer(w, 200, "application/json", pageOf("first", 1233, "one"))
				}
				return test.second(w)
			})
			objectOf(t, r, "", "configmaps", "shop", "one")
			refusal, _ := told(summary, "configmaps")
			if refusal.Status.Code != test.code || !strings.HasPrefix(refusal.Status.Message, test.want) ||
				refusal.Status.Details == nil && test.code == 403 {
				t.Errorf("it says %+v, want %q", refusal.Status, test.want)
			}
			if slices.ContainsFunc(r.Listings(), func(l recording.Listing) bool { return l.Resource == "configmaps" }) {
				t.Error("it is held for a complete list")
			}
		})
	}
}
