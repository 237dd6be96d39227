package debug

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// restart is a user's workflow: it is taken for crashes, asks, and has a step of each class of consent.
const restart = `
apiVersion: podkit.dev/v1alpha1
kind: Workflow
name: restart
title: {en: Restart, zh: 重启}
summary: {en: "{{.Root.Container}} is {{.Verdict}}", zh: "{{.Root.Container}}：{{.Verdict}}"}
when: root.family == "crash"
fits: {en: "Taken for {{.Root.ID}}.", zh: "因为 {{.Root.ID}}。"}
priority: 1000
steps:
  - id: where
    title: {en: "Where?", zh: "哪里？"}
    purpose: {en: ask, zh: 询问}
    action: ask
    ask: {options: [{value: log, label: {en: The log, zh: 日志}}, {value: app, label: {en: The app, zh: 应用}}], default: log}
    next: [{when: answers.where == "app", to: touch}]
  - {id: logs, title: {en: Log, zh: 日志}, purpose: {en: read, zh: 读取}, action: logs, means: [{say: {en: "You said {{.Answers.where}}.", zh: "您选了 {{.Answers.where}}。"}}]}
  - {id: touch, title: {en: Touch, zh: 触碰}, purpose: {en: run, zh: 运行}, action: exec, with: {command: "touch /tmp/x"}, means: [{say: {en: touched, zh: 碰过了}}]}
  - {id: change, title: {en: Change, zh: 改动}, purpose: {en: change it, zh: 改动它}, action: describe, consent: changes, means: [{when: '"done" in facts', say: {en: changed it, zh: 改动了}}]}
`

// written puts a workflow, or another file, into a folder of its own.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// crashed returns the options of a run about the crashing pod with the workflow above among the candidates.
func crashed(t *testing.T) (*Options, *fakePods, func() string) {
	t.Helper()
	cluster, pods := crashing()
	o, out, _ := options(t, message.English, cluster, pods)
	entry, err := Library{}.Read(written(t, "restart.yaml", restart))
	if err != nil {
		t.Fatal(err)
	}
	o.Workflow = Entry{}
	o.Candidates = []Entry{entry}
	return o, pods, func() string { return strings.Join(strings.Fields(out.String()), " ") }
}

func says(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}

func TestWorkflowIsPickedByWhatWasFound(t *testing.T) {
	o, _, text := crashed(t)
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	says(t, text(), "Restart bootcamp is Failing", "Taken for app-exit.", "pod/bootcamp-5d4f-x7k2p",
		"You said log.", "Skipped: it reaches into the Pod, and nobody is asked; --allow active lets it run, and the line above does the same by hand",
		"kubectl exec bootcamp-5d4f-x7k2p -- touch /tmp/x", "3 Touch · not agreed to",
		"Skipped: it changes the cluster", "What to do")
	healthyCluster, pods := healthy()
	o, out, _ := options(t, message.English, healthyCluster, pods)
	o.Workflow, o.Library = Entry{}, Library{}
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	says(t, out.String(), "Explore an app in its Pod", "is healthy")
}

func TestAllowActive(t *testing.T) {
	o, pods, text := crashed(t)
	o.Allow = workflow.Active
	pods.env, pods.captureErr = "", nil
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	says(t, text(), "touched", "Skipped: it changes the cluster")
	if strings.Contains(text(), "--allow active") {
		t.Error("an active step was skipped though it is allowed")
	}
}

// consenting is a reader who goes on, answers one question, and agrees or does not.
type consenting struct {
	answers map[string]string
	typed   string
	asked   []string
}

func (c *consenting) Ask(_ context.Context, question prompt.Question) (string, error) {
	c.asked = append(c.asked, question.Title)
	for _, choice := range question.Choices {
		if choice.ID == c.answers[question.Title] {
			return choice.ID, nil
		}
	}
	return question.Choices[0].ID, nil
}

func (c *consenting) Text(_ context.Context, title, _ string) (string, error) {
	c.asked = append(c.asked, title)
	return c.typed, nil
}

func (c *consenting) Pick(context.Context, prompt.Picker) (string, error) { return "", nil }

func TestConsentIsAsked(t *testing.T) {
	tests := map[string]struct {
		reader      *consenting
		runs, never []string
	}{
		"agreed": {
			reader: &consenting{answers: map[string]string{"Where?": "app", "Do it?": "yes"}, typed: "yes"},
			runs:   []string{"touch /tmp/x", "create pods/exec", "touched", "changed it"},
			never:  []string{"You said"},
		},
		"declined by Enter": {
			reader: &consenting{typed: "y"},
			runs:   []string{"touch /tmp/x", "Skipped: you did not agree to it"},
			never:  []string{"changed it"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, _, text := crashed(t)
			g, err := o.prepare(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			g.asker, g.attended = test.reader, true
			if err := g.run(context.Background()); err != nil {
				t.Fatal(err)
			}
			says(t, text(), test.runs...)
			for _, never := range test.never {
				if strings.Contains(text(), never) {
					t.Errorf("it says %q", never)
				}
			}
		})
	}
}

func TestAnswersStandInForTheReader(t *testing.T) {
	tests := map[string]struct {
		answers, want, wantErr string
	}{
		"another branch":     {answers: "- {step: where, answer: app}\n- {step: touch, move: jump, to: logs}", want: "You said app."},
		"skip":               {answers: "- {step: where, move: skip}", want: "2 Log · skipped"},
		"quit":               {answers: "- {step: logs, move: quit}", want: "3 Touch · not looked at"},
		"of no step":         {answers: "- {step: nowhere, move: again}", wantErr: "which did not come up"},
		"never asked for":    {answers: "- {step: where, move: quit}\n- {step: logs, move: again}", wantErr: `step "logs", which did not come up`},
		"no option":          {answers: "- {step: where, answer: moon}", wantErr: "it takes log, app"},
		"no move":            {answers: "- {step: where, move: dance}", wantErr: "it takes again, back, jump, skip, quit"},
		"a jump to nowhere":  {answers: "- {step: where, move: jump, to: moon}", wantErr: `no step "moon"`},
		"nothing but a text": {answers: "hello", wantErr: "write a list such as"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, _, text := crashed(t)
			var err error
			if o.Answers, err = readAnswers(Library{}, written(t, "answers.yaml", test.answers)); err == nil {
				err = o.Run(context.Background())
			}
			if test.wantErr == "" {
				if err != nil {
					t.Fatal(err)
				}
				says(t, text(), test.want)
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("error %v, want one with %q", err, test.wantErr)
			}
		})
	}
}

// interrupting is a reader who breaks off at the third question, after the log.
type interrupting struct {
	prompt.Nobody
	questions int
}

func (i *interrupting) Ask(ctx context.Context, question prompt.Question) (string, error) {
	if i.questions++; i.questions == 3 {
		return "", prompt.Interrupted{}
	}
	if question.Note == nil { // The question of the workflow itself.
		return question.Choices[0].ID, nil
	}
	return question.Choices[0].ID, question.Note(ctx, "*bold* <script> `x`\n# no heading")
}

func TestRecordIsTakenUpAgain(t *testing.T) {
	o, _, _ := crashed(t)
	path := filepath.Join(t.TempDir(), "run.md")
	o.Record = &record{path: path, text: markdown.NewRecord(o.Messages, o.Now)}
	o.Workflow = o.Candidates[0]
	g, err := o.prepare(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	g.asker, g.attended = &interrupting{}, true
	if err := g.run(context.Background()); !errors.As(err, &prompt.Interrupted{}) {
		t.Fatalf("error %v", err)
	}

	o, _, text := crashed(t)
	name, err := o.takeUp(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.find(name); err != nil {
		t.Fatal(err)
	}
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	says(t, text(), "Taken up again after step 2, Log.")
	if strings.Contains(text(), "You said") {
		t.Error("a step that was done is done again")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	kept := string(data)
	says(t, kept, "# Restart\n\n*2026-05-04T12:00:00Z*", "You said log.", `\*bold\* \<script\>`, "Taken up again", "it reaches into the Pod", `"ended":true`)
	if strings.Contains(kept, "<script>") || strings.Contains(kept, "\n# no heading") {
		t.Errorf("text became more than text:\n%s", kept)
	}
	if _, err := o.takeUp(path); err == nil || !strings.Contains(err.Error(), "has come to its end") {
		t.Errorf("a run that has ended is taken up again: %v", err)
	}
}

func TestRecordThatIsNone(t *testing.T) {
	o, _, _ := crashed(t)
	for _, text := range []string{"", "# a page\n", "<!-- podkit:state {\"state\": -->\n", "<!-- podkit:state {} -->\nmore\n"} {
		if _, err := o.takeUp(written(t, "run.md", text)); err == nil || !strings.Contains(err.Error(), "is no record") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWatch(t *testing.T) {
	cluster, pods := healthy()
	good := cluster.looks[0]
	cluster.looks = [][]corev1.Pod{good, good, good, good, good, good, {creating("bootcamp-5d4f-x7k2p")}, {}, good}
	o, out, errOut := options(t, message.English, cluster, pods)
	o.Watch, o.Timeout, o.Look = true, time.Hour, time.Millisecond
	if err := o.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	says(t, out.String(), "Healthy.")
	says(t, errOut.String(), "is on its way", "there is no Pod")

	cluster, pods = crashing()
	o, _, _ = options(t, message.English, cluster, pods)
	o.Watch, o.Timeout, o.Look = true, 3*time.Millisecond, time.Millisecond
	if err := o.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "not healthy after 1s: pod/bootcamp-5d4f-x7k2p") {
		t.Errorf("error %v", err)
	}
}

func TestLibrary(t *testing.T) {
	folder := t.TempDir()
	library := NewLibrary(environment.New(genericiooptions.IOStreams{}, func(name string) string { return map[string]string{"XDG_CONFIG_HOME": folder}[name] }))
	if err := os.MkdirAll(library.Folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"restart.yaml": restart, "broken.yml": "kind: Pod\nname: x\n", "explore.yaml": strings.Replace(restart, "name: restart", "name: explore", 1), "notes.txt": "",
	} {
		if err := os.WriteFile(filepath.Join(library.Folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	entries, broken := library.All()
	if len(entries) != len(workflow.Names())+1 || entries[len(entries)-1].Name != "restart" {
		t.Errorf("%d workflows", len(entries))
	}
	if len(broken) != 2 || !strings.Contains(broken[0].Error(), "broken.yml:1:1: ") || !strings.Contains(broken[1].Error(), "brings along a workflow called explore") {
		t.Errorf("broken: %v", broken)
	}
	if entry, err := library.Open("restart"); err != nil || entry.Path == "" {
		t.Errorf("by its name: %v", err)
	}
	if _, err := library.Open("nope"); err == nil || !strings.Contains(err.Error(), "broken, config, crash, explore") {
		t.Errorf("an unknown name: %v", err)
	}
}
