package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	apidiscovery "k8s.io/api/apidiscovery/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/version"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// TestReadingIsTheRecording is the law of this package: who reads a served recording over HTTP, as a capture reads a live
// server, and writes down what came, has the recording again, byte by byte; only what was refused bears a mark more.
func TestReadingIsTheRecording(t *testing.T) {
	r := tape(t)
	live := httptest.NewServer(server.Handler(r))
	defer live.Close()
	if want, got := rewrite(t, r), (&walker{t: t, base: live.URL, r: r}).walk(); !bytes.Equal(want, got) {
		again, err := recording.Read(t.Context(), bytes.NewReader(got), recording.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		for _, resource := range r.Resources {
			for _, object := range r.Objects(resource.GVR()) {
				other, found := again.Object(resource.GVR(), object.Namespace, object.Name)
				if !found || !bytes.Equal(object.Raw, other.Raw) {
					t.Errorf("%s %s:\n%s\n%s", resource.Name, object.Name, object.Raw, other.Raw)
				}
			}
		}
		t.Error("what was read over HTTP is another recording")
	}
}

// rewrite writes a recording in the order of a walk.
func rewrite(t *testing.T, r *recording.Recording) []byte {
	var parts []part
	for _, described := range r.Resources {
		parts = append(parts, func(w *recording.Writer) error { return w.Resource(described) })
		for _, object := range r.Objects(described.GVR()) {
			raw := object.Raw
			if described.Kind == "Secret" || object.Name == "two" { // A server tells the kind of what was recorded without.
				raw = ofKind(t, raw, described)
			}
			parts = append(parts, func(w *recording.Writer) error { return w.Object(raw) })
		}
	}
	for _, listing := range r.Listings() {
		parts = append(parts, selected(listing))
	}
	for _, refusal := range r.Refusals() {
		parts = append(parts, func(w *recording.Writer) error { return w.Refused(refusal.Request, refusal.Status) })
	}
	for _, key := range r.LogKeys() {
		tail, _ := r.Log(key)
		if tail.Failure != nil {
			tail.Failure.TypeMeta = metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}
		}
		parts = append(parts, func(w *recording.Writer) error { return w.Log(key, tail) })
	}
	for _, key := range r.AnswerKeys() {
		answer, _ := r.Answer(key)
		parts = append(parts, answered(key, answer))
	}
	return write(t, r.Header, parts...)
}

func ofKind(t *testing.T, raw []byte, described recording.Resource) []byte {
	var content map[string]any
	if err := json.Unmarshal(raw, &content); err != nil {
		t.Fatal(err)
	}
	content["kind"], content["apiVersion"] = described.Kind, described.GVR().GroupVersion().String()
	full, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	return full
}

// walker reads a server as a capture does. What to ask it knows from the recording; what is answered, from the server.
type walker struct {
	t    *testing.T
	base string
	r    *recording.Recording
}

func (w *walker) walk() []byte {
	var parts []part
	for _, described := range w.discover() {
		parts = append(parts, func(to *recording.Writer) error { return to.Resource(described) })
		for _, raw := range w.objects(described) {
			parts = append(parts, func(to *recording.Writer) error { return to.Object(raw) })
		}
	}
	for _, listing := range w.r.Listings() {
		parts = append(parts, selected(listing))
	}
	for _, refusal := range w.r.Refusals() {
		asked := refusal.Request
		var status metav1.Status
		w.get(path(asked.Group, asked.Version, asked.Resource, asked.Namespace, asked.Name), "", &status)
		w.unmark(&status)
		status.TypeMeta = refusal.Status.TypeMeta
		parts = append(parts, func(to *recording.Writer) error { return to.Refused(asked, status) })
	}
	for _, key := range w.r.LogKeys() {
		parts = append(parts, func(to *recording.Writer) error { return to.Log(key, w.log(key)) })
	}
	for _, key := range w.r.AnswerKeys() {
		code, header, body := w.do(path("", "v1", key.Resource, key.Namespace, key.Name)+"/proxy"+key.Path, "")
		parts = append(parts, answered(key, recording.Answer{Code: code, Type: header.Get("Content-Type"), Body: body}))
	}
	header := w.r.Header
	header.Server = version.Info{}
	w.get("/version", "", &header.Server)
	return write(w.t, header, parts...)
}

// discover reads aggregated discovery.
func (w *walker) discover() []recording.Resource {
	var found []recording.Resource
	rank := 0
	for _, at := range []string{"/api", "/apis"} {
		var groups apidiscovery.APIGroupDiscoveryList
		w.get(at, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", &groups)
		for _, group := range groups.Items {
			for place, version := range group.Versions {
				for _, one := range version.Resources {
					described := recording.Resource{
						Group: group.Name, Version: version.Version, Name: one.Resource, Singular: one.SingularResource, Kind: one.ResponseKind.Kind,
						Namespaced: one.Scope == apidiscovery.ScopeNamespace, ShortNames: one.ShortNames, Categories: one.Categories, Verbs: one.Verbs,
						GroupRank: min(rank, 1), VersionRank: place,
					}
					for _, sub := range one.Subresources {
						part := recording.Subresource{Name: sub.Subresource, Kind: sub.ResponseKind.Kind, Verbs: sub.Verbs}
						if sub.ResponseKind.Group != group.Name || sub.ResponseKind.Version != version.Version {
							part.Group, part.Version = sub.ResponseKind.Group, sub.ResponseKind.Version
						}
						described.Subresources = append(described.Subresources, part)
					}
					found = append(found, described)
				}
			}
			rank++
		}
	}
	return found
}

// objects reads the lists that are held, page by page, and by name what no list holds.
func (w *walker) objects(described recording.Resource) [][]byte {
	raws := map[string][]byte{}
	for _, listing := range w.r.Listings() {
		if listing.Group != described.Group || listing.Version != described.Version || listing.Resource != described.Name {
			continue
		}
		query := url.Values{"limit": {"2"}, "labelSelector": {listing.Labels}, "fieldSelector": {listing.Fields}}
		for more := true; more; more = query.Get("continue") != "" {
			var page struct {
				Metadata metav1.ListMeta   `json:"metadata"`
				Items    []json.RawMessage `json:"items"`
			}
			w.get(path(listing.Group, listing.Version, listing.Resource, listing.Namespace, "")+"?"+query.Encode(), "", &page)
			for _, item := range page.Items {
				var partial metav1.PartialObjectMetadata
				if err := json.Unmarshal(item, &partial); err != nil {
					w.t.Fatal(err)
				}
				raws[partial.Namespace+"/"+partial.Name] = item
			}
			query.Set("continue", page.Metadata.Continue)
		}
	}
	var ordered [][]byte
	for _, object := range w.r.Objects(described.GVR()) {
		raw, listed := raws[object.Namespace+"/"+object.Name]
		if !listed {
			_, _, raw = w.do(path(described.Group, described.Version, described.Name, object.Namespace, object.Name), "")
		}
		ordered = append(ordered, raw)
	}
	return ordered
}

func (w *walker) log(key recording.LogKey) recording.LogTail {
	query := "?timestamps=true&container=" + key.Container
	if key.Previous {
		query += "&previous=true"
	}
	code, header, body := w.do(path("", "v1", "pods", key.Namespace, key.Pod)+"/log"+query, "")
	if code != http.StatusOK {
		var status metav1.Status
		if err := json.Unmarshal(body, &status); err != nil {
			w.t.Fatal(err)
		}
		w.unmark(&status)
		return recording.LogTail{Failure: &status}
	}
	return recording.LogTail{Text: string(body), Cut: header.Get("Warning") != ""}
}

// unmark takes the mark off what the recorded server did not fulfil, which is not of that server.
func (w *walker) unmark(status *metav1.Status) {
	w.t.Helper()
	if status.Details == nil || len(status.Details.Causes) != 1 || status.Details.Causes[0].Type != recording.Recorded {
		w.t.Errorf("%q is not marked as recorded: %+v", status.Message, status.Details)
	}
	status.Details = nil
}

func (w *walker) get(path, accept string, into any) {
	_, _, body := w.do(path, accept)
	if err := json.Unmarshal(body, into); err != nil {
		w.t.Fatalf("%s: %v in %s", path, err, body)
	}
}

func (w *walker) do(path, accept string) (code int, header http.Header, body []byte) {
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.base+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return response.StatusCode, response.Header, body
}

// path is the path of a resource, or of one object.
func path(group, version, resource, namespace, name string) string {
	at := "/apis/" + group + "/" + version
	if group == "" {
		at = "/api/" + version
	}
	if namespace != "" {
		at += "/namespaces/" + namespace
	}
	at += "/" + resource
	if name != "" {
		at += "/" + name
	}
	return at
}
