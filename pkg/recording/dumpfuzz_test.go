package recording

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"
)

// FuzzDumpLogs: whatever stands in the logs.txt of a dump, each log is a part of it, and of a container with a name.
func FuzzDumpLogs(f *testing.F) {
	f.Add("==== START logs for container app of pod shop/web-0 ====\none\n==== END logs for container app of pod shop/web-0 ====\n")
	f.Add("==== START logs for container a of pod x ====\n==== START logs for container b of pod y ====\nRequest log error: no\n==== END logs for container b ")
	f.Fuzz(func(t *testing.T, text string) {
		d := &dump{plain: newPlain(t.Context(), DefaultLimits()), texts: map[string]string{"shop/web-0": text}}
		pods := schema.GroupVersionResource{Version: "v1", Resource: "pods"}
		d.found.objects[pods] = []Object{{Namespace: "shop", Name: "web-0", UID: "u"}}
		d.placeLogs()
		for key, tail := range d.found.logs {
			told := tail.Text
			if tail.Failure != nil {
				told = tail.Failure.Message
			}
			if key.Container == "" || strings.ContainsAny(key.Container, " \n") || !strings.Contains(text, told) {
				t.Errorf("%+v: %q", key, told)
			}
		}
	})
}
