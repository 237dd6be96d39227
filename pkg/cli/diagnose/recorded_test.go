package diagnose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// dying is a pod that exits with 3 again and again, of which the pod alone does not tell why.
func dying(name string) string {
	return fmt.Sprintf(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":%q,"namespace":"shop","uid":"uid-%s","creationTimestamp":"2026-11-26T09:00:00Z"},`+
		`"spec":{"containers":[{"name":"app","image":"app:1"}]},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],`+
		`"containerStatuses":[{"name":"app","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}},`+
		`"lastState":{"terminated":{"exitCode":3,"reason":"Error","startedAt":"2026-11-26T09:59:00Z","finishedAt":"2026-11-26T09:59:01Z"}}}]}}`, name, name)
}

// tape is a recording of pods. The logs of those that are silent were refused, those of the others not asked for.
func tape(t *testing.T, pods []string, silent ...string) *recording.Recording {
	t.Helper()
	var file bytes.Buffer
	w, err := recording.NewWriter(&file)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.Resource(recording.Resource{Version: "v1", Name: "pods", Kind: "Pod", Namespaced: true, Verbs: []string{"get", "list"}}))
	for _, pod := range pods {
		must(w.Object([]byte(dying(pod))))
	}
	for _, kind := range []string{"Event", "Service"} {
		must(w.Resource(recording.Resource{Version: "v1", Name: strings.ToLower(kind) + "s", Kind: kind, Namespaced: true, Verbs: []string{"get", "list"}}))
	}
	must(w.Listed(recording.Listing{Version: "v1", Resource: "pods", Namespace: "shop"}))
	must(w.Listed(recording.Listing{Version: "v1", Resource: "events"}))
	for _, pod := range silent {
		refusal := metav1.Status{Status: metav1.StatusFailure, Code: 403, Reason: metav1.StatusReasonForbidden, Message: `pods "` + pod + `" is forbidden: User "jane" cannot get resource "pods/log"`}
		must(w.Log(recording.LogKey{Namespace: "shop", Pod: pod, UID: "uid-" + pod, Container: "app", Previous: true}, recording.LogTail{Failure: &refusal}))
	}
	must(w.Close(recording.Header{TakenAt: time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC), Namespace: "shop"}))
	r, err := recording.Read(t.Context(), &file, recording.DefaultLimits())
	must(err)
	return r
}

// diagnoseTape runs the command on a recording.
func diagnoseTape(t *testing.T, r *recording.Recording, args ...string) string {
	t.Helper()
	streams, _, out, _ := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(string) string { return "" })
	env.Record(r)
	cmd := NewCommand(env)
	cmd.SetArgs(args)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestWhatIsNotRecordedNeedsNoRight: on a recording nobody can grant rights. What it does not hold is captured again; what
// was refused when it was taken is what the cluster said, and is captured again with the right.
func TestWhatIsNotRecordedNeedsNoRight(t *testing.T) {
	const again = "kubectl podkit capture -n shop "
	for name, test := range map[string]struct {
		pods, silent, has, lacks []string
		reason                   string
		rbac                     bool
	}{
		"not recorded": {
			[]string{"web"},
			nil,
			[]string{"? not in the recording: pods/log web in shop. It would tell what the container said", "capture the Pods again on the live cluster " + again + "web -o <file>"},
			[]string{"forbidden", "needs", "rights"},
			"not-recorded", false,
		},
		"refused": {
			[]string{"web"},
			[]string{"web"},
			[]string{"? could not read: pods/log web in shop (forbidden to whoever took the recording, which holds the refusal; needs get pods/log).", "with the rights that lack here " + again + "web -o <file>"},
			[]string{"not in the recording"},
			"forbidden", true,
		},
		"several": {
			[]string{"cart", "web"},
			nil,
			[]string{"pods/log cart, web in shop", again + "-o <file>"},
			[]string{"forbidden"},
			"not-recorded", false,
		},
	} {
		r := tape(t, test.pods, test.silent...)
		text := strings.Join(strings.Fields(diagnoseTape(t, r)), " ") // Prose is wrapped where there is room.
		for _, want := range test.has {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, text)
			}
		}
		for _, unwanted := range test.lacks {
			if strings.Contains(text, unwanted) {
				t.Errorf("%s: %q is in\n%s", name, unwanted, text)
			}
		}
		var found document.Diagnosis
		if err := json.Unmarshal([]byte(diagnoseTape(t, r, "-o", "json")), &found); err != nil {
			t.Fatal(err)
		}
		for _, unknown := range found.Unknowns {
			if unknown.Resource == "pods/log" && (unknown.Reason != test.reason || (unknown.RBAC != nil) != test.rbac) {
				t.Errorf("%s: the document says %+v", name, unknown)
			}
		}
		if len(found.Unknowns) == 0 {
			t.Errorf("%s: the document lacks nothing", name)
		}
	}
}
