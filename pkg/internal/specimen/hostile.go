package specimen

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Attacks are texts that try to become something else than text, each in its own format.
func Attacks() []string {
	return []string{
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`, `</style><style>*{display:none}</style>`,
		`[click](javascript:alert(1))`, `](javascript:alert(1))`, `![i](https://evil.example/i.png)`, `https://evil.example/a`, "www.evil.example",
		"<https://evil.example>", "@everyone", "mail@evil.example", "#1", "GH-1", "!1", "\x1b]0;owned\x07", "\u009b2J", "\u202egnp.exe",
		"```\n# owned\n```", "~~~\n# owned", "````", "</details>", "<!--", "-->", "]]>", "<![CDATA[", "&lt;b&gt;", "\x00\xff\xfe", "| a | b |",
		"{{.}}", "{0}", "*b* _i_ ~s~", "\n# owned\n", "\n- owned\n", "\r\n---\r\n", "    owned", "1. owned", "<a href=//evil.example>x</a>",
	}
}

// Hostile is a pod of which everything that a cluster may say freely is an attack, and a line of it is a megabyte long.
func Hostile(t testing.TB) *diagnosis.Diagnosis {
	t.Helper()
	return poisoned(t, Attacks(), strings.Join(Attacks(), " "), strings.Repeat("A`<b>|", 170_000))
}

// Saying is a pod of which everything that a cluster may say freely is the text.
func Saying(t testing.TB, text string) *diagnosis.Diagnosis {
	t.Helper()
	return poisoned(t, []string{text}, text, text+text)
}

// poisoned is a pod that says every attack by itself, and all and long in each field.
func poisoned(t testing.TB, attacks []string, all, long string) *diagnosis.Diagnosis {
	t.Helper()
	p := orders("orders-96fc-6tgvk")
	p.Status.Reason, p.Status.Message = all, all
	p.Status.ContainerStatuses[0].State.Waiting.Message = all
	l := &library{
		nodes: []corev1.Node{node()}, logs: append(slices.Clone(attacks), all, long),
		owners: map[string]metav1.PartialObjectMetadata{"ReplicaSet": object("orders-96fc", "uid-rs", time.Hour)},
	}
	for i, attack := range append(slices.Clone(attacks), all, long) {
		e := event("Pod", p.Name, string(p.UID), "BackOff", attack, int32(i), time.Hour, time.Minute)
		e.Reason, e.Source.Component = attack, attack
		l.events = append(l.events, e)
	}
	root := finding(diagnosis.Unexplained, all, long)
	symptom, other := finding("app-exit", all, long), finding("liveness-killed", all, long)
	symptom.Because = []diagnosis.Key{root.Key()}
	workload := diagnosis.Workload{Kind: "Deployment", Name: "orders"}
	target := diagnosis.Target{Pod: &p, Workload: workload, Verdict: diagnosis.Failing, Since: Now.Add(-time.Hour), Findings: []diagnosis.Finding{root, symptom, other}}
	file := casefile.New([]corev1.Pod{p}, Now)
	log := casefile.LogOf(p.Namespace, p.Name, "orders", true)
	file = file.Gather(t.Context(), l, []casefile.Question{log}).Around(t.Context(), l, file.Pods)
	return &diagnosis.Diagnosis{
		File: file, Rounds: 1, Targets: []diagnosis.Target{target},
		Groups:   []diagnosis.Group{{Namespace: p.Namespace, Workload: workload, Root: root, Targets: []string{p.Name}, Of: 2, Others: []string{"orders-96fc-aaaaa"}}},
		Unknowns: []diagnosis.Unknown{{Question: log, State: casefile.Failed, Err: message.Errorf(nil, "error.unauthorized", message.Args{"Cause": all}), Pods: []types.NamespacedName{diagnosis.NameOf(&p)}}},
	}
}

// pasteable is what of a text can stand in a command line.
func pasteable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}

// finding is one whose arguments, evidence and remedies are attacks.
func finding(id, all, long string) diagnosis.Finding {
	made := diagnosis.Finding{
		ID: id, Severity: diagnosis.Error, Confidence: diagnosis.Likely, Container: "orders", Form: map[string]string{diagnosis.Unexplained: "container"}[id],
		Object: diagnosis.Object{APIVersion: "v1", Kind: "Pod", Namespace: "shop", Name: "orders-96fc-6tgvk"},
		Args:   message.Args{"Container": all, "Reason": all, "Message": all, "Code": all, "Ran": all, "Restarts": 3},
	}
	for _, words := range [][]string{{all, "```\n# owned"}, {pasteable(all), "``` # owned"}} {
		made.Remedies = append(made.Remedies, diagnosis.Remedy{
			ID: "remedy.see-log", Args: message.Args{"Container": all}, Effect: diagnosis.Destructive,
			Command: shellword.New("kubectl exec %s -- %s", "$(reboot)", words),
		})
	}
	for _, source := range []diagnosis.Source{diagnosis.Status, diagnosis.Spec, diagnosis.Events, diagnosis.Other, diagnosis.LogEnd} {
		evidence := diagnosis.Evidence{Source: source, Container: "orders", Field: "spec." + all, Value: all + "\n" + long, Reason: all, At: Now, Line: 2, Previous: true}
		evidence.Object = made.Object
		if source == diagnosis.Other {
			evidence.Object.Kind, evidence.Object.Name = all, all
		}
		made.Evidence = append(made.Evidence, evidence)
	}
	return made
}
