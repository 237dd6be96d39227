package debug

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Secrets that a run comes across: by their shape, in a URL after they were noted, by their place in a spec, and over several
// lines.
const (
	shaped = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
	keyed  = "s3cr3t-Zq81-keyed"
	placed = "tr0ub4dor-Xk9z-71Qw"
	key    = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAxkQnSm0aZq81tr0ub4dorXk9z71Qw9\n-----END RSA PRIVATE KEY-----"
)

// telling is a reader who notes secrets at each question, and breaks off at one.
type telling struct {
	prompt.Nobody
	questions, last int
	note            string
}

func (r *telling) Ask(ctx context.Context, question prompt.Question) (string, error) {
	if r.questions++; r.questions == r.last {
		return "", prompt.Interrupted{}
	}
	if question.Note == nil {
		return question.Choices[0].ID, nil
	}
	return question.Choices[0].ID, question.Note(ctx, r.note)
}

// recordedRun runs the crashing app with a record, and returns what is written. Before it ends it is taken up again.
func recordedRun(t *testing.T, redaction string) (path, text string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "run.md")
	begin := func() *Options {
		asked, err := parse(t, "--redact", redaction)
		if err != nil {
			t.Fatal(err)
		}
		o, pods, _ := crashed(t)
		cluster := o.Cluster.(*fakeCluster)
		pod := &cluster.looks[0][0]
		pod.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DB_PASSWORD", Value: placed}}
		pod.Status.ContainerStatuses[0].LastTerminationState.Terminated.Message = "cannot log in with " + placed
		pods.log = "postgres://app:" + keyed + "@db/orders\n" + key + "\nlogin with " + placed + "\nclone with " + shaped + "\n"
		o.Publisher.Redactor = asked.Publisher.Redactor
		return o
	}
	o := begin()
	o.Record = &record{path: path, text: markdown.NewRecord(o.Messages, o.Now)}
	o.Workflow = o.Candidates[0]
	g, err := o.prepare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g.asker, g.attended = &telling{last: 3, note: "it is " + keyed + " or " + shaped + "\u202e\u009b"}, true
	if err := g.run(t.Context()); !errors.As(err, &prompt.Interrupted{}) {
		t.Fatalf("error %v", err)
	}
	o = begin()
	name, err := o.takeUp(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.find(name); err != nil {
		t.Fatal(err)
	}
	if err := o.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, string(data)
}

// TestRecordIsRedacted: a record tells no secret, whichever part of the run came across it first; --redact=off leaves all in.
func TestRecordIsRedacted(t *testing.T) {
	for _, redaction := range []string{"on", "off"} {
		path, text := recordedRun(t, redaction)
		says(t, text, "# Restart", "Taken up again", `"ended":true`)
		plain := strings.ReplaceAll(text, `\`, "")
		for _, secret := range []string{shaped, keyed, placed, strings.Split(key, "\n")[1]} {
			if told := strings.Contains(plain, secret); told != (redaction == "off") {
				t.Errorf("--redact=%s: %s is told: %v, in\n%s", redaction, secret, told, text)
			}
		}
		if redaction == "on" && strings.Count(text, "‹redacted:") < 6 {
			t.Errorf("what was taken out is not shown:\n%s", text)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, mode %v", err, info.Mode())
		}
	}
}

// TestWhatIsLearntLate: a value that is found to be a secret in a later step is taken out of what was told before it, and of
// the text of the run that is gone on with, whose fences stay closed.
func TestWhatIsLearntLate(t *testing.T) {
	asked, err := parse(t)
	if err != nil {
		t.Fatal(err)
	}
	redactor := asked.Publisher.Redactor()
	o, _, _ := crashed(t)
	record := markdown.NewRecord(o.Messages, o.Now)
	record.Continue("# Before\n\nwith `" + placed + "` here\n\n```text\npassword:\n```\n\n```text\nlogin " + placed + "\n```\n\n")
	record.Say("first " + placed)
	if text := record.Text(redactor); !strings.Contains(text, "first "+placed) {
		t.Fatalf("it is known already:\n%s", text)
	}
	pod := corev1.Pod{Spec: corev1.PodSpec{Containers: []corev1.Container{{Name: "app", Env: []corev1.EnvVar{{Name: "DB_PASSWORD", Value: placed}}}}}}
	o.Publisher.Redactor = asked.Publisher.Redactor
	learn(o, &pod)
	text := record.Text(redactor)
	if strings.Contains(text, placed) {
		t.Errorf("it is still told:\n%s", text)
	}
	if strings.Count(text, "```") != 4 {
		t.Errorf("a fence is not what it was:\n%s", text)
	}
}

// learn has a run's redactor see a pod, as saving the record does.
func learn(o *Options, pod *corev1.Pod) {
	g := o.guide()
	g.subject.Pod = pod
	g.redactor()
}

// TestStateIsASCII: the line by which a run is taken up again shows nothing hidden, holds no secret answer, and brings the rest
// back as it was.
func TestStateIsASCII(t *testing.T) {
	o, _, _ := crashed(t)
	asked, err := parse(t)
	if err != nil {
		t.Fatal(err)
	}
	o.Publisher.Redactor = asked.Publisher.Redactor
	path := filepath.Join(t.TempDir(), "run.md")
	o.Record = &record{path: path, text: markdown.NewRecord(o.Messages, o.Now)}
	g := o.guide()
	odd := "a\u202e\u009b\u200b\u4f60\U0001F600\x7f--><b>"
	g.record.saved.Spec = target.Spec{Namespace: odd}
	g.state.Answers = map[string]string{"where": odd, "token": shaped}
	g.state.Case.Root.Args = map[string]string{"Message": "of the cluster"}
	if err := g.save(false); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if at := bytes.IndexFunc(data, func(r rune) bool { return r != '\n' && (r < ' ' || r > '~') }); at >= 0 || strings.Count(string(data), "-->") != 1 {
		t.Errorf("the state is %q", data)
	}
	_, kept, err := readRecord(Library{}, path)
	if err != nil || kept.Spec.Namespace != odd || kept.State.Answers["where"] != odd {
		t.Errorf("%v, %+v", err, kept)
	}
	if strings.Contains(string(data), "of the cluster") {
		t.Errorf("the state holds texts of the cluster: %s", data)
	}
	if answer, there := kept.State.Answers["token"]; there {
		t.Errorf("the answer is kept: %q", answer)
	}
	if g.state.Answers["token"] != shaped {
		t.Error("the run itself has lost the answer")
	}
}
