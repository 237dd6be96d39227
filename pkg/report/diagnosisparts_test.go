package report

import (
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

func TestTelling(t *testing.T) {
	tests := map[string]struct{ trace, want string }{
		"short":                 {"a\nb", "a|b"},
		"java":                  {"Exception in thread: boom\n\tat a.B.c(B.java:1)\n\tat d\nCaused by: x\n\tat e\nCaused by: y\n\tat f(F.java:9)\n\t... 3 more", "Exception in thread: boom|Caused by: y|  at f(F.java:9)"},
		"python":                {"Traceback (most recent call last):\n  File \"/app.py\", line 3, in <module>\n    run()\n  File \"/app.py\", line 7, in run\n    os.environ[\"DSN\"]\nKeyError: 'DSN'", "KeyError: 'DSN'|  File \"/app.py\", line 7, in run"},
		"python, in a library":  {"Traceback (most recent call last):\n  File \"/app.py\", line 7, in run\n    os.environ[\"DSN\"]\n  File \"<frozen os>\", line 714, in __getitem__\nKeyError: 'DSN'", "KeyError: 'DSN'|  File \"/app.py\", line 7, in run"},
		"python, nobody's own":  {"Traceback (most recent call last):\n  File \"/usr/lib/python3.12/a.py\", line 7, in run\n    b()\n  File \"<frozen os>\", line 714, in b\nKeyError: 'DSN'", "KeyError: 'DSN'|  File \"<frozen os>\", line 714, in b"},
		"go":                    {"panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:12 +0x1d\nexit status 2", "panic: runtime error: index out of range|  /app/main.go:12 +0x1d"},
		"node":                  {"Error: Cannot find module 'x'\n    at Module._resolve (node:internal:1)\n    at b\n    at c", "Error: Cannot find module 'x'|  at Module._resolve (node:internal:1)"},
		"node, with its source": {"node:events:495\n      throw er; // Unhandled 'error' event\n      ^\n\nError: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)\nEmitted 'error' event", "Error: connect ECONNREFUSED 127.0.0.1:5432|  at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)"},
		"frames":                {"\tat a\n\tat b\n\tat c\n\tat d", "\tat a|\tat b|\tat c"},
	}
	for name, test := range tests {
		if got := strings.Join(telling(strings.Split(test.trace, "\n")), "|"); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

func TestSqueezeKeepsBothEnds(t *testing.T) {
	text := "begin " + strings.Repeat("registry.example.com/a/b: failed to do it: ", 20) + "the cause"
	for _, width := range []int{20, 40, 90} {
		lines := Terminal{}.squeeze(text, width, 3)
		if len(lines) > 3 || !strings.HasPrefix(lines[0], "begin") || !strings.HasSuffix(lines[len(lines)-1], "cause") {
			t.Errorf("at %d columns: %q", width, lines)
		}
	}
	if got := (Terminal{}).squeeze("short", 40, 3); !slices.Equal(got, []string{"short"}) {
		t.Errorf("got %q", got)
	}
}

func key(id string) diagnosis.Key { return diagnosis.Key{ID: id} }

func TestChains(t *testing.T) {
	found := func(id string, because ...string) diagnosis.Finding {
		f := diagnosis.Finding{ID: id}
		for _, cause := range because {
			f.Because = append(f.Because, key(cause))
		}
		return f
	}
	tests := map[string]struct {
		findings []diagnosis.Finding
		want     string
	}{
		"no symptom":          {[]diagnosis.Finding{found("root"), found("other")}, ""},
		"the longest way":     {[]diagnosis.Finding{found("root"), found("a", "root"), found("b", "root", "a")}, "root>a>b"},
		"two symptoms":        {[]diagnosis.Finding{found("root"), found("a", "root"), found("b", "root")}, "root>a|root>b"},
		"another root's":      {[]diagnosis.Finding{found("root"), found("other"), found("a", "other")}, ""},
		"a circle is no loop": {[]diagnosis.Finding{found("root", "b"), found("a", "root", "b"), found("b", "a")}, "root>a>b"},
	}
	for name, test := range tests {
		var told []string
		for _, chain := range chainsFrom(test.findings, key("root")) {
			var ids []string
			for _, f := range chain {
				ids = append(ids, f.ID)
			}
			told = append(told, strings.Join(ids, ">"))
		}
		if got := strings.Join(told, "|"); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestRightFor(t *testing.T) {
	object := func(version, kind, name string) casefile.Question {
		return casefile.Question{TypeMeta: metav1.TypeMeta{APIVersion: version, Kind: kind}, Namespace: "shop", Name: name}
	}
	tests := []struct {
		question casefile.Question
		want     Right
	}{
		{object("v1", "ConfigMap", "a"), Right{"get", "", "configmaps", "shop"}},
		{object("v1", "Secret", ""), Right{"list", "", "secrets", "shop"}},
		{object("apps/v1", "ReplicaSet", "web-1"), Right{"get", "apps", "replicasets", "shop"}},
		{object("networking.k8s.io/v1", "NetworkPolicy", ""), Right{"list", "networking.k8s.io", "networkpolicies", "shop"}},
		{casefile.EventsIn("shop"), Right{"list", "", "events", "shop"}},
		{casefile.NodeNamed("node1"), Right{"get", "", "nodes", ""}},
		{casefile.LogOf("shop", "web-0", "app", true), Right{"get", "", "pods/log", "shop"}},
	}
	for _, test := range tests {
		if got := RightFor(test.question); got != test.want {
			t.Errorf("%+v: got %v, want %v", test.question, got, test.want)
		}
	}
}

// TestEveryWordIsThere: ids that are put together where they are said are in the catalogue all the same.
func TestEveryWordIsThere(t *testing.T) {
	ids := slices.Clone(labels)
	for _, id := range verdictWords {
		ids = append(ids, id, id+"-word", id+"-count")
	}
	for _, resource := range []string{"configmaps", "events", "nodes", "pods/log", "replicasets", "secrets", "serviceaccounts", "jobs"} {
		ids = append(ids, tells(resource))
	}
	for _, id := range effectTags {
		ids = append(ids, id)
	}
	for _, confidence := range []diagnosis.Confidence{diagnosis.Possible, diagnosis.Likely, diagnosis.Certain} {
		ids = append(ids, "diagnose.confidence-"+confidence.String())
	}
	ids = append(ids, "diagnose."+ReasonForbidden, "diagnose."+ReasonForbidden+"-recorded", "diagnose."+ReasonFailed, "diagnose."+ReasonNotRecorded, "diagnose."+ReasonLimit)
	for _, language := range message.Languages() {
		messages, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if got := messages.Text(id, message.Args{"Number": 1, "Of": 2}); got == "["+id+"]" {
				t.Errorf("%s: %s is missing", language, id)
			}
		}
	}
}
