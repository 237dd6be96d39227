package recording_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// hostile are texts in the place of a name that no API server lets in.
var hostile = []string{"$(touch x)", "a;b", "a b", "../x", "A", "a\x1b[2Jb", "\u202ea", strings.Repeat("a", 300), "-a", "a\n"}

// podNames are the places in a Pod that must be names.
var podNames = map[string]string{
	"metadata.name":                    `{"kind":"Pod","apiVersion":"v1","metadata":{"name":%q}}`,
	"metadata.namespace":               `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":%q}}`,
	"metadata.ownerReferences[0].kind": `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","ownerReferences":[{"apiVersion":"apps/v1","kind":%q,"name":"x"}]}}`,
	"spec.containers[1].name":          `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"containers":[{"name":"a"},{"name":%q}]}}`,
	"spec.initContainers[0].name":      `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"initContainers":[{"name":%q}]}}`,
	"spec.ephemeralContainers[0].name": `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"ephemeralContainers":[{"name":%q}]}}`,
	"spec.containers[0].ports[0].name": `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","ports":[{"name":%q}]}]}}`,
	"spec.nodeName":                    `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"nodeName":%q}}`,
	"spec.serviceAccountName":          `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"serviceAccountName":%q}}`,
	"spec.volumes[0].name":             `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"spec":{"volumes":[{"name":%q}]}}`,
	"status.containerStatuses[0].name": `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"status":{"containerStatuses":[{"name":%q}]}}`,
}

// others are places in objects of other kinds.
var others = map[string]string{
	"metadata.name of a Node":          `{"kind":"Node","apiVersion":"v1","metadata":{"name":%q}}`,
	"metadata.name of a Service":       `{"kind":"Service","apiVersion":"v1","metadata":{"name":%q}}`,
	"metadata.name of a Deployment":    `{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":%q}}`,
	"spec.template.spec.containers[0]": `{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"a"},"spec":{"template":{"spec":{"containers":[{"name":%q}]}}}}`,
	"spec.ports[0].name":               `{"kind":"Service","apiVersion":"v1","metadata":{"name":"a"},"spec":{"ports":[{"name":%q}]}}`,
	"kind":                             `{"kind":%q,"apiVersion":"example.com/v1","metadata":{"name":"a"}}`,
}

// TestNames: a text that no API server takes for a name is refused in a sentence that says where it is and shows it in ASCII.
func TestNames(t *testing.T) {
	resource := file{name: "resources/0001.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod"}`}
	for _, name := range hostile {
		for place, object := range podNames {
			if place == "metadata.ownerReferences[0].kind" && name == "A" {
				continue // Kinds begin with a capital.
			}
			text := fmt.Sprintf(strings.ReplaceAll(object, "%q", "%s"), jsonText(name))
			_, err := recording.Read(t.Context(), bytes.NewReader(pack(t, markFile, resource, file{name: "objects/core/v1/pods/0007.jsonl", body: text}, headerFile)), recording.DefaultLimits())
			refusedName(t, err, "objects/core/v1/pods/0007.jsonl: pods has ", place)
			_, err = recording.ReadPlain(t.Context(), strings.NewReader(`{"kind":"List","apiVersion":"v1","items":[`+text+`]}`), time.Time{}, recording.DefaultLimits())
			refusedName(t, err, "#1 items[0]: Pod has ", place)
		}
		for place, object := range others {
			if place == "kind" && name == "A" {
				continue
			}
			_, err := recording.ReadPlain(t.Context(), strings.NewReader(fmt.Sprintf(strings.ReplaceAll(object, "%q", "%s"), jsonText(name))), time.Time{}, recording.DefaultLimits())
			place, _, _ = strings.Cut(place, " of ")
			refusedName(t, err, "#1: ", place)
		}
	}
}

func jsonText(text string) string {
	return `"` + strings.NewReplacer("\x1b", `\u001b`, "\n", `\n`).Replace(text) + `"`
}

func refusedName(t *testing.T, err error, begins, place string) {
	t.Helper()
	if err == nil {
		t.Fatalf("%s: it was read", place)
	}
	if id := sentence(t, err); id != "recording.name" {
		t.Fatalf("%s: %v", place, err)
	}
	text := err.Error()
	if !strings.HasPrefix(text, begins) || !strings.Contains(text, place) || len(text) > 400 {
		t.Errorf("%s: %s", place, text)
	}
	for _, r := range text {
		if r < ' ' || r > '~' {
			t.Errorf("%q is shown as it is: %s", r, text)
		}
	}
}

// TestNamesOfMembers: what an archive calls its parts by is checked as well.
func TestNamesOfMembers(t *testing.T) {
	for name, member := range map[string]file{
		"a log's namespace":       {name: "logs/a;b/p/u/c.log"},
		"a log's pod":             {name: "logs/a/$(x)/u/c.log"},
		"a log's container":       {name: "logs/a/p/u/C D.log"},
		"a log's UID":             {name: "logs/a/p/u v/c.log"},
		"a resource's kind":       {name: "resources/0001.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod;x"}`},
		"a resource's name":       {name: "resources/0001.jsonl", body: `{"version":"v1","name":"p x","kind":"Pod"}`},
		"a resource's short name": {name: "resources/0001.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod","shortNames":["$x"]}`},
		"a subresource":           {name: "resources/0001.jsonl", body: `{"version":"v1","name":"pods","kind":"Pod","subresources":[{"name":"a b","kind":"X"}]}`},
		"a listing's namespace":   {name: "listings/0001.jsonl", body: `{"version":"v1","resource":"pods","namespace":"a b"}`},
		"a refusal's name":        {name: "refusals/0001.jsonl", body: `{"request":{"verb":"get","resource":"pods","name":"a\u0007"}}`},
		"an answer's name":        {name: "answers/0001.jsonl", body: `{"key":{"resource":"pods","name":"a/b"}}`},
		"the home":                {name: "header.json", body: `{"namespace":"$(x)"}`},
	} {
		files := []file{markFile, member}
		if member.name != headerFile.name {
			files = append(files, headerFile)
		}
		_, err := recording.Read(t.Context(), bytes.NewReader(pack(t, files...)), recording.DefaultLimits())
		if err == nil || sentence(t, err) != "recording.name" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNamesThatAreOdd: what an API server takes is taken, however odd.
func TestNamesThatAreOdd(t *testing.T) {
	for name, object := range map[string]string{
		"a Role":                   `{kind: ClusterRole, apiVersion: rbac.authorization.k8s.io/v1, metadata: {name: "system:controller:job controller"}}`,
		"an object of another API": `{kind: ImageStreamTag, apiVersion: image.openshift.io/v1, metadata: {name: "ruby:3.1", namespace: shop}}`,
		"a reference":              `{kind: Pod, apiVersion: v1, metadata: {name: a}, spec: {volumes: [{name: v, configMap: {name: "Not A Name"}}]}}`,
		"a Pod's dots":             `{kind: Pod, apiVersion: v1, metadata: {name: a.b-c.d}}`,
		"an event":                 `{kind: Event, apiVersion: v1, metadata: {name: "node_1.17f"}, involvedObject: {name: "Any Thing"}}`,
	} {
		if _, err := recording.ReadPlain(t.Context(), strings.NewReader(object), time.Time{}, recording.DefaultLimits()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestGenerateName: a manifest whose name a server is to make was not read from one.
func TestGenerateName(t *testing.T) {
	_, err := recording.ReadPlain(t.Context(), strings.NewReader(`{kind: Pod, apiVersion: v1, metadata: {generateName: a-}}`), time.Time{}, recording.DefaultLimits())
	if err == nil || sentence(t, err) != "recording.damaged" || !strings.Contains(err.Error(), "#1: it has no name") {
		t.Errorf("got %v", err)
	}
}
