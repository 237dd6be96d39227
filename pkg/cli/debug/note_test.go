package debug

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/cli/debug/prompt"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// noting is a reader who writes a note at each question, and types the texts that are asked for.
type noting struct {
	prompt.Nobody
	notes, texts []string
	asked        []string
}

func (n *noting) Ask(ctx context.Context, question prompt.Question) (string, error) {
	if len(n.notes) > 0 {
		note := n.notes[0]
		n.notes = n.notes[1:]
		if err := question.Note(ctx, note); err != nil {
			return "", err
		}
	}
	return question.Choices[0].ID, nil
}

func (n *noting) Text(_ context.Context, title, _ string) (string, error) {
	n.asked = append(n.asked, title)
	if len(n.texts) == 0 {
		return "", nil
	}
	text := n.texts[0]
	n.texts = n.texts[1:]
	return text, nil
}

// noted runs explore with such a reader, without --record.
func noted(t *testing.T, reader *noting, reports ...string) (o *Options, out string) {
	t.Helper()
	cluster, pods := healthy()
	o, shown, _ := options(t, message.English, cluster, pods)
	o.Publisher.Reports = reports
	if _, err := walk(t, o, shown, reader); err != nil {
		t.Fatal(err)
	}
	return o, shown.String()
}

// Without a record, and without a file named, the notes stand at the end of the run. The file is asked for once.
func TestNotesWithoutAFile(t *testing.T) {
	reader := &noting{notes: []string{"seen 503\x1b[2J", "since the deploy"}}
	_, out := noted(t, reader)
	_, closing, _ := strings.Cut(out, "That was it")
	says(t, closing, "Your notes\n  • seen 503^[[2J\n  • since the deploy\n", "`--record FILE.md` keeps a run with its notes")
	if diff := cmp.Diff([]string{"Keep this run with its notes in which file?"}, reader.asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestNoNotes(t *testing.T) {
	if _, out := noted(t, &noting{}); strings.Contains(out, "Your notes") {
		t.Errorf("there are notes:\n%s", out)
	}
}

// A file that is named at the first note holds the run from its beginning, as --record does: it can be taken up again.
// One that cannot be the record's is refused there and then.
func TestNotesInAFile(t *testing.T) {
	folder := t.TempDir()
	path, report := filepath.Join(folder, "run.md"), filepath.Join(folder, "report.md")
	reader := &noting{
		notes: []string{"seen 503", "since the deploy"},
		texts: []string{written(t, "there.md", ""), report, filepath.Join(folder, "none", "run.md"), path},
	}
	o, out := noted(t, reader, report)
	says(t, strings.Join(strings.Fields(out), " "),
		"there.md exists already", "report.md cannot be both", "run.md: open "+folder+"/none", "The run is kept in "+path+" from here on; `kubectl podkit debug --resume")
	if strings.Contains(out, "Your notes") {
		t.Errorf("notes that are kept are shown as if they were not:\n%s", out)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	says(t, string(data), "# Explore an app", "## Step 1 of 5", "seen 503", "## Step 2 of 5", "since the deploy", `"workflow":"explore"`, `"Name":"bootcamp"`)
	if _, err := o.takeUp(path); err == nil || !strings.Contains(err.Error(), "has come to its end") {
		t.Errorf("it is no record of a whole run: %v", err)
	}
	if len(reader.texts) > 0 || len(reader.asked) != 4 {
		t.Errorf("asked %d times, %d answers are left", len(reader.asked), len(reader.texts))
	}
}

// How the run ends does not matter to a note that is in a file.
func TestNoteOutlivesTheRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.md")
	cluster, pods := healthy()
	o, _, _ := options(t, message.Chinese, cluster, pods)
	g, err := o.prepare(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	g.asker, g.attended = &interrupted{noting{notes: []string{"seen 503"}, texts: []string{path}}}, true
	if err := g.run(context.Background()); err == nil {
		t.Fatal("it was not interrupted")
	}
	if name, err := o.takeUp(path); err != nil || name != "explore" {
		t.Errorf("taken up as %q, %v", name, err)
	}
	says(t, o.Record.text.Text(nil), "**备注**", "seen 503")
}

// interrupted breaks off after its notes.
type interrupted struct{ noting }

func (i *interrupted) Ask(ctx context.Context, question prompt.Question) (string, error) {
	if len(i.notes) == 0 {
		return "", prompt.Interrupted{}
	}
	return i.noting.Ask(ctx, question)
}
