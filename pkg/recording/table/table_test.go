package table

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var now = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

// cells prints the cells that are shown without -o wide, or all.
func cells(p Printer, raw string, wide bool) string {
	var texts []string
	for i, cell := range p.Cells([]byte(raw), now) {
		if wide || p.Columns[i].Priority == 0 {
			texts = append(texts, fmt.Sprint(cell))
		}
	}
	return strings.Join(texts, "|")
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ resource, raw, want string }{
		{"nodes", `{"metadata":{"name":"n","labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/control-plane":""}},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"Unknown"}],"nodeInfo":{"kubeletVersion":"v1.36.3"}}}`, "n|NotReady,SchedulingDisabled|control-plane,worker|<unknown>|v1.36.3"},
		{"services", `{"metadata":{"name":"s"},"spec":{"type":"NodePort","clusterIP":"10.0.0.1","ports":[{"port":80,"nodePort":30080,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}}`, "s|NodePort|10.0.0.1|<none>|80:30080/TCP,53/UDP|<unknown>"},
		{"services", `{"metadata":{"name":"s"},"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1"},"status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"},{"hostname":"lb"}]}}}`, "s|LoadBalancer|10.0.0.1|1.2.3.4,lb|<none>|<unknown>"},
		{"jobs.batch", `{"metadata":{"name":"j"},"spec":{"completions":3},"status":{"succeeded":1,"startTime":"2026-11-26T09:00:00Z","completionTime":"2026-11-26T09:10:00Z","conditions":[{"type":"Failed","status":"True"}]}}`, "j|Failed|1/3|10m|<unknown>"},
		{"jobs.batch", `{"metadata":{"name":"j"},"spec":{"parallelism":4}}`, "j|Running|0/1 of 4||<unknown>"},
		{"persistentvolumeclaims", `{"metadata":{"name":"c","deletionTimestamp":"2026-11-26T09:00:00Z"},"spec":{"volumeName":"v","storageClassName":"fast"},"status":{"phase":"Bound","accessModes":["ReadWriteMany","ReadWriteOnce"],"capacity":{"storage":"1Gi"}}}`, "c|Terminating|v|1Gi|RWO,RWX|fast|<unset>|<unknown>"},
		{"persistentvolumes", `{"metadata":{"name":"v"},"spec":{"capacity":{"storage":"5Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Retain","claimRef":{"namespace":"a","name":"c"}},"status":{"phase":"Bound"}}`, "v|5Gi|RWO|Retain|Bound|a/c||<unset>||<unknown>"},
		{"endpointslices.discovery.k8s.io", `{"metadata":{"name":"e"},"addressType":"IPv4","ports":[{"port":8080}],"endpoints":[{"addresses":["1"]},{"addresses":["2"]},{"addresses":["3"]},{"addresses":["4"]},{"addresses":["5"]}]}`, "e|IPv4|8080|1,2,3 + 2 more...|<unknown>"},
		{"cronjobs.batch", `{"metadata":{"name":"c"},"spec":{"schedule":"* * * * *","suspend":true},"status":{"lastScheduleTime":"2026-11-26T09:59:00Z","active":[{}]}}`, "c|* * * * *|<none>|True|1|60s|<unknown>"},
		{"events.events.k8s.io", `{"metadata":{"name":"e"},"regarding":{"kind":"Pod","name":"p"},"note":"text\n","reason":"R","type":"Normal","eventTime":"2026-11-26T09:00:00.000000Z"}`, "60m|Normal|R|pod/p|text"},
		{"controllerrevisions.apps", `{"metadata":{"name":"r","ownerReferences":[{"apiVersion":"apps/v1","kind":"DaemonSet","name":"d","controller":true}]},"revision":3}`, "r|daemonset.apps/d|3|<unknown>"},
		{"resourcequotas", `{"metadata":{"name":"q"},"status":{"hard":{"pods":"5","limits.cpu":"2"},"used":{"pods":"1"}}}`, "q|pods: 1/5|limits.cpu: 0/2|<unknown>"},
		{"things.example.com", `{"metadata":{"name":"t","creationTimestamp":"2026-11-26T08:00:00Z"}}`, "t|120m"},
	} {
		got := cells(Of(schema.ParseGroupResource(c.resource)), c.raw, false)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.resource, diff)
		}
	}
}

// TestAnyShape: every printer fills its columns of an object that has nothing but a name, and of one of the wrong shape.
func TestAnyShape(t *testing.T) {
	for resource, printer := range printers() {
		for _, raw := range []string{`{"metadata":{"name":"x"}}`, `{"metadata":{"name":"x"},"spec":7,"status":"no"}`} {
			got := printer.Cells([]byte(raw), now)
			if len(got) != len(printer.Columns) {
				t.Errorf("%s: %d cells for %d columns of %s", resource, len(got), len(printer.Columns), raw)
			}
			// Events have their name last.
			if got[0] != "x" && got[len(got)-1] != "x" {
				t.Errorf("%s: no name in %v of %s", resource, got, raw)
			}
		}
		if _, err := printer.cells([]byte(`{"metadata":{"name":"x"}}`), now); err != nil {
			t.Errorf("%s: %v", resource, err)
		}
	}
	if got := plain.Cells([]byte(`7`), now); got[0] != unknown {
		t.Errorf("of no object at all: %v", got)
	}
}
