package debug

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// probed is a healthy pod whose probe is a command.
func probed() (*fakeCluster, *fakePods) {
	cluster, pods := healthy()
	cluster.looks[0][0].Spec.Containers[0].ReadinessProbe = &corev1.Probe{
		ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"sh", "-c", "test -e /ready; rm -f /tmp/x"}}},
	}
	return cluster, pods
}

// Without consent nothing of any built-in workflow runs in a container: each step that would is told with its line, even
// where the run leads straight there; with consent it runs.
func TestNothingRunsUnasked(t *testing.T) {
	reaching := 0
	for _, name := range workflow.Names() {
		w, err := workflow.Load(name, Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		steps := []string{""}
		for _, step := range w.Steps {
			if step.Class(Vocabulary().Actions[step.Action], step.With).Exceeds(workflow.ReadOnly) {
				steps = append(steps, step.ID)
			}
		}
		reaching += len(steps) - 1
		for _, step := range steps {
			for language, want := range map[message.Language][]string{
				message.English: {"--allow active lets it run, and the line above does the same by hand", "So ", "not agreed to"},
				message.Chinese: {"加上 --allow active 就会执行，也可以手工运行上面的命令", "所以没有查看", "未获同意"},
			} {
				t.Run(name+"/"+step+"/"+string(language), func(t *testing.T) {
					text, ran := straightTo(t, w, step, language, workflow.ReadOnly)
					if ran > 0 {
						t.Errorf("%d programs ran in a container, and nobody has agreed to it", ran)
					}
					if step == "" {
						return
					}
					text = strings.Join(strings.Fields(text), "")
					for _, part := range append(want, "kubectl exec bootcamp-5d4f-x7k2p -- ") {
						says(t, text, strings.Join(strings.Fields(part), ""))
					}
					if _, ran = straightTo(t, w, step, language, workflow.Active); ran == 0 {
						t.Error("with consent it does not run either")
					}
				})
			}
		}
	}
	if reaching < 5 {
		t.Errorf("%d steps reach into a pod: the search is broken", reaching)
	}
}

// straightTo runs a workflow about a healthy pod, from its first step straight to another one if it is named, and returns
// the transcript and how many programs ran in a container.
func straightTo(t *testing.T, w *workflow.Workflow, step string, language message.Language, allow workflow.Consent) (text string, ran int) {
	t.Helper()
	cluster, pods := probed()
	o, out, _ := options(t, language, cluster, pods)
	o.Workflow, o.Yes, o.Allow = Entry{Workflow: w}, true, allow
	if step != "" && step != w.Steps[0].ID {
		var err error
		if o.Answers, err = readAnswers(Library{}, written(t, "answers.yaml", "- {step: "+w.Steps[0].ID+", move: jump, to: "+step+"}")); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if pods.shells > 0 {
		t.Error("a shell was opened")
	}
	return out.String(), pods.captured
}

// looks is a user's workflow of three programs, the second of which does more than look.
const looks = `
apiVersion: podkit.dev/v1alpha1
kind: Workflow
name: looks
title: {en: Looks, zh: 查看}
summary: {en: looks, zh: 查看}
steps:
  - {id: one, title: {en: One, zh: 一}, purpose: {en: run, zh: 运行}, action: exec, with: {command: "ls /"}, means: [{say: {en: did one, zh: 一}}]}
  - {id: two, title: {en: Two, zh: 二}, purpose: {en: run, zh: 运行}, action: exec, with: {command: "touch /x"}, means: [{when: '"done" in facts', say: {en: did two, zh: 二}}]}
  - {id: three, title: {en: Three, zh: 三}, purpose: {en: run, zh: 运行}, action: listeners, means: [{when: '"done" in facts', say: {en: did three, zh: 三}}]}
`

// Who agrees to all programs that only look is asked about every other one.
func TestConsentToAllThatLooks(t *testing.T) {
	for answer, want := range map[string]struct{ asked, ran int }{"yes": {3, 3}, "all": {2, 2}, "": {3, 0}} {
		cluster, pods := healthy()
		o, out, _ := options(t, message.English, cluster, pods)
		entry, err := (Library{}).Read(written(t, "looks.yaml", looks))
		if err != nil {
			t.Fatal(err)
		}
		o.Workflow = entry
		g, err := o.prepare(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		reader := &consenting{answers: map[string]string{"Do it?": answer}}
		g.asker, g.attended = reader, true
		if err := g.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(strings.Join(reader.asked, "\n"), "Do it?"); got != want.asked || pods.captured != want.ran {
			t.Errorf("%q: asked %d times and ran %d programs, want %v:\n%s", answer, got, pods.captured, want, out)
		}
	}
}

// The tutorial's five steps ask for consent once.
func TestExploreAsksOnce(t *testing.T) {
	cluster, pods := healthy()
	o, _, _ := options(t, message.English, cluster, pods)
	g, err := o.prepare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	reader := &consenting{answers: map[string]string{"Do it?": "yes", "": "quit"}}
	g.asker, g.attended = &onward{reader}, true
	if err := g.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(strings.Join(reader.asked, "\n"), "Do it?"); got != 1 || pods.captured != 1 {
		t.Errorf("asked %d times, ran %d programs", got, pods.captured)
	}
}

// onward is a reader who goes on as long as there is a step, and finishes then.
type onward struct{ *consenting }

func (o *onward) Ask(ctx context.Context, question prompt.Question) (string, error) {
	for _, choice := range question.Choices {
		if strings.HasPrefix(choice.ID, string(workflow.Onward)) {
			return choice.ID, nil
		}
	}
	return o.consenting.Ask(ctx, question)
}

// guarded is a healthy pod with a value of a Secret, which env prints after enough others to be left out on the screen.
func guarded() (*fakeCluster, *fakePods) {
	cluster, pods := healthy()
	cluster.looks[0][0].Spec.Containers[0].EnvFrom = []corev1.EnvFromSource{
		{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "vault"}}},
		{ConfigMapRef: &corev1.ConfigMapEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "settings"}}},
	}
	pods.env = "HOSTNAME=bootcamp-5d4f-x7k2p\nURL=canary\nsecond canary\n" + strings.Repeat("X=1\n", 30) + "LAST=canary\n"
	return cluster, pods
}

func TestShowValues(t *testing.T) {
	tests := map[string]struct {
		show    bool
		answers map[string]string
		want    bool
		asked   int
	}{
		"not wanted": {answers: map[string]string{"Do it?": "yes"}},
		"agreed":     {show: true, answers: map[string]string{"Do it?": "yes", "Show them?": "yes"}, want: true, asked: 1},
		"declined":   {show: true, answers: map[string]string{"Do it?": "yes"}, asked: 1},
		"not run":    {show: true, answers: map[string]string{"Show them?": "yes"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cluster, pods := guarded()
			o, out, _ := options(t, message.English, cluster, pods)
			o.ShowValues = test.show
			path := filepath.Join(t.TempDir(), "run.md")
			o.Record = &record{path: path, text: markdown.NewRecord(o.Messages, o.Now)}
			g, err := o.prepare(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			test.answers[""] = "quit"
			reader := &consenting{answers: test.answers}
			g.asker, g.attended = &onward{reader}, true
			if err := g.run(t.Context()); err != nil {
				t.Fatal(err)
			}
			text := out.String()
			if shown := strings.Contains(text, "URL=canary") && strings.Contains(text, "second canary"); shown != test.want || strings.Contains(text, "canary") != test.want {
				t.Errorf("the values are shown: %v, want %v:\n%s", shown, test.want, text)
			}
			if test.want {
				says(t, strings.Join(strings.Fields(text), " "), "On the terminal the values stand in clear")
			}
			if full := g.asking(nil).Full; full != nil && strings.Contains(full(), "LAST=canary") != test.want {
				t.Errorf("the whole output is not as the screen:\n%s", full())
			}
			if asked := strings.Count(strings.Join(reader.asked, "\n"), "Show them?"); asked != test.asked {
				t.Errorf("asked %d times, want %d", asked, test.asked)
			}
			if test.asked > 0 {
				says(t, strings.Join(strings.Fields(text), " "), "those of these Secrets among them: vault", "of these ConfigMaps: settings")
			}
			kept, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(kept), "canary") {
				t.Errorf("the record holds values:\n%s", kept)
			}
		})
	}
}

// Values are never shown where nobody can be asked.
func TestShowValuesIsRefused(t *testing.T) {
	answers := written(t, "answers.yaml", "[]")
	pods := written(t, "pods.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n")
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"--yes":        {[]string{"--show-values", "--yes"}, "consent.values-nobody"},
		"--answers":    {[]string{"--show-values", "--answers", answers}, "consent.values-nobody"},
		"no terminal":  {[]string{"--show-values"}, "consent.values-nobody"},
		"with consent": {[]string{"--show-values", "--yes", "--allow", "active"}, "consent.values-nobody"},
		"a recording":  {[]string{"--show-values", "--recording", pods}, "consent.values-recorded"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse(t, test.args...)
			var told *message.Error
			if !errors.As(err, &told) || told.ID != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
	// On a terminal it is taken, unless --yes says that nobody is to be asked.
	streams, _, _, _ := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(string) string { return "" })
	for yes, want := range map[bool]bool{false: true, true: false} {
		flags := Flags{ShowValues: true, Yes: yes}
		shows, err := flags.showing(env, report.Terminal{Interactive: true})
		if shows != want || (err == nil) != want {
			t.Errorf("--yes=%v: got %v, %v", yes, shows, err)
		}
	}
}
