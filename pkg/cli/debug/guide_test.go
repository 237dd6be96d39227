package debug

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// script takes the choices whose labels begin as written down, and keeps the first choice it was offered each time.
type script struct {
	prompt.Nobody
	labels []string
	first  []string
}

func (s *script) Ask(_ context.Context, question prompt.Question) (string, error) {
	s.first = append(s.first, question.Choices[0].Label)
	if len(s.labels) == 0 {
		return "", errors.New("the script has no more answers")
	}
	wanted := s.labels[0]
	s.labels = s.labels[1:]
	for _, choice := range question.Choices {
		if strings.HasPrefix(choice.Label, wanted) {
			return choice.ID, nil
		}
	}
	return "", errors.New("there is no choice " + wanted)
}

// walk runs explore with an asker of its own, and returns the titles in the order in which they were shown.
func walk(t *testing.T, o *Options, out interface{ String() string }, asker prompt.Asker) (titles []string, err error) {
	t.Helper()
	g, err := o.prepare(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	g.asker, g.attended = asker, true
	err = g.run(context.Background())
	for line := range strings.Lines(out.String()) {
		if title, ok := strings.CutPrefix(line, "── "); ok {
			titles = append(titles, strings.TrimRight(title, " ─\n"))
		}
	}
	return titles, err
}

func TestReaderChoosesTheWay(t *testing.T) {
	cluster, pods := healthy()
	pods.inShell = func(command action.Command) error {
		if diff := cmp.Diff([]string{"bash"}, command.Args); diff != "" || !command.TTY || !command.Stdin {
			t.Errorf("the shell was opened with %v, terminal %v, input %v", command.Args, command.TTY, command.Stdin)
		}
		return nil
	}
	o, out, _ := options(t, message.English, cluster, pods)
	asker := &script{labels: []string{
		"Go to step 5", "Yes, do it", "Open a shell", "Do this step again", "Yes, do it", "Go to step 3", "Go on", "Finish",
	}}
	titles, err := walk(t, o, out, asker)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Step 1 of 5 · Which Pods are there?",
		"Before step 5, What does it look like inside?: this reaches into the Pod", "Step 5 of 5 · What does it look like inside?",
		"Before step 5, What does it look like inside?: this reaches into the Pod", "Step 5 of 5 · What does it look like inside?",
		"Step 3 of 5 · What does the app answer?",
		"Step 4 of 5 · What does the app write?", "That was it",
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("the way (-want +got):\n%s", diff)
	}
	recommended := []string{
		"Go on: step 2, What is the Pod made of?", "No, skip this step", "Finish", "Finish", "No, skip this step", "Finish",
		"Go on: step 4, What does the app write?", "Go on: step 5, What does it look like inside?",
	}
	if diff := cmp.Diff(recommended, asker.first); diff != "" {
		t.Errorf("the recommended choices (-want +got):\n%s", diff)
	}
	for _, want := range []string{"`exit` brings you back", "You are back", "2 What is the Pod made of? · not looked at"} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), want) {
			t.Errorf("the transcript does not say %q:\n%s", want, out)
		}
	}
	if pods.shells != 1 {
		t.Errorf("%d shells were opened, want 1", pods.shells)
	}
}

func TestShellThatDoesNotOpenIsTold(t *testing.T) {
	cluster, pods := healthy()
	pods.shellErr = message.Errorf(nil, "exec.no-shell", message.Args{"Container": "bootcamp", "Pod": "x", "Namespace": "default", "Shells": "bash, sh"})
	o, out, _ := options(t, message.English, cluster, pods)
	asker := &script{labels: []string{"Go to step 5", "Yes, do it", "Open a shell", "Finish"}}
	if _, err := walk(t, o, out, asker); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), `That did not work: container "bootcamp" of pod "x" has no shell`) {
		t.Errorf("the transcript does not say why there is no shell:\n%s", out)
	}
}

func TestAskersErrorEndsTheRun(t *testing.T) {
	cluster, pods := healthy()
	o, out, _ := options(t, message.English, cluster, pods)
	titles, err := walk(t, o, out, &script{})
	if err == nil || len(titles) != 1 {
		t.Errorf("error %v after %v", err, titles)
	}
}

// Every workflow that podkit brings along must speak only of what there is, and what can be offered must be there.
func TestBuiltInWorkflowsAreSound(t *testing.T) {
	for _, name := range workflow.Names() {
		if _, err := workflow.Load(name, Vocabulary()); err != nil {
			t.Errorf("%s.yaml:%v", name, err)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys((&guide{}).offers())), Vocabulary().Offers); diff != "" {
		t.Errorf("what can be offered (-there +told):\n%s", diff)
	}
}

// What an action finds must be in its own vocabulary, or the conditions that ask for it were never checked.
func TestActionsKeepToTheirVocabulary(t *testing.T) {
	for name, scenario := range map[string]func() (*fakeCluster, *fakePods){
		"healthy": healthy, "logical-host": logicalHost, "crashing": crashing, "refusing": refusing,
	} {
		cluster, pods := scenario()
		o, _, _ := options(t, message.English, cluster, pods)
		g, err := o.prepare(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range o.Workflow.Steps {
			action := g.actions[step.Action]
			result := action.Do(context.Background(), g.subject, step.With)
			for _, fact := range result.Facts {
				if !slices.Contains(action.Facts, fact) {
					t.Errorf("%s: %s finds %q, which is not in its vocabulary", name, step.Action, fact)
				}
			}
			for arg := range result.Args {
				if !slices.Contains(action.Args, arg) {
					t.Errorf("%s: %s gives %q, which is not in its vocabulary", name, step.Action, arg)
				}
			}
		}
	}
}
