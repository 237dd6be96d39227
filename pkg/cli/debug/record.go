package debug

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/report/markdown"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// record is the Markdown file of a run: the transcript for people, and at its end, in a comment, the run's state, by which
// it can be taken up again.
type record struct {
	// path is where it is written; empty keeps it in memory.
	path  string
	text  *markdown.Record
	saved saved
	// redactor makes what takes secrets out of it; nil leaves them in.
	redactor func() *redact.Redactor
}

// saved is what a record holds for --resume.
type saved struct {
	// Workflow is the name of one that podkit brings along or a path.
	Workflow  string         `json:"workflow"`
	Context   string         `json:"context,omitempty"`
	Spec      target.Spec    `json:"spec"`
	Container string         `json:"container,omitempty"`
	Pod       string         `json:"pod,omitempty"`
	PodSpace  string         `json:"podNamespace,omitempty"`
	State     workflow.State `json:"state"`
	Ended     bool           `json:"ended,omitempty"`
}

// The state's line. It is of ASCII alone, and JSON escapes < and >, so nothing in it can end the comment.
const (
	stateOpens  = "<!-- podkit:state "
	stateCloses = " -->\n"
)

// save writes the record as it stands, whole or not at all. What was diagnosed is not kept for --resume, which finds it out anew:
// it holds texts of the cluster.
func (g *guide) save(ended bool) error {
	if g.record.path == "" {
		return nil
	}
	kept := g.record.saved
	kept.State, kept.Ended, kept.Container = g.state.Diagnosed(workflow.Case{}), ended, g.subject.Container
	if g.subject.Pod != nil {
		kept.Pod, kept.PodSpace = g.subject.Pod.Name, g.subject.Pod.Namespace
	}
	redactor := g.redactor()
	if redactor != nil {
		kept.State = unsecret(kept.State, redactor)
	}
	state, err := json.Marshal(kept)
	if err == nil {
		err = replace(g.record.path, g.record.text.Text(redactor)+stateOpens+ascii(string(state))+stateCloses)
	}
	if err != nil {
		return message.Errorf(err, "debug.record-write", message.Args{"File": g.record.path, "Cause": err.Error()})
	}
	return nil
}

// redactor is what takes secrets out of the record, nil when they stay. It has seen what the pods' specs name as secret.
func (g *guide) redactor() dossier.Redactor {
	if g.record.redactor == nil {
		return nil
	}
	redactor := g.record.redactor()
	if g.subject.Diagnosis != nil {
		for i := range g.subject.Diagnosis.Targets {
			publication.Learn(redactor, g.subject.Diagnosis.Targets[i].Pod)
		}
	}
	if g.subject.Pod != nil {
		publication.Learn(redactor, g.subject.Pod)
	}
	return redactor
}

// unsecret is a state without the answers that hold a secret: a run that is taken up again does without them. Whatever else a
// state holds are names, by which the run finds its way.
func unsecret(state workflow.State, redactor dossier.Redactor) workflow.State {
	state.Answers = maps.Clone(state.Answers)
	maps.DeleteFunc(state.Answers, func(_, answer string) bool { return redactor.Log(answer) != answer })
	return state
}

// ascii escapes what is not printable ASCII in JSON, outside of whose strings there is nothing else.
func ascii(text string) string {
	var escaped strings.Builder
	for _, r := range text {
		switch high, low := utf16.EncodeRune(r); {
		case r >= ' ' && r <= '~':
			escaped.WriteRune(r)
		case high != utf8.RuneError:
			fmt.Fprintf(&escaped, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&escaped, `\u%04x`, r)
		}
	}
	return escaped.String()
}

// Keep keeps the run in memory, and returns what gives its record once it is over.
func (o *Options) Keep() func() string {
	o.Record = &record{text: markdown.NewRecord(o.Messages, o.Now)}
	return func() string { return o.Record.text.Text(nil) }
}

// note keeps what the reader noted. A run without a file asks at the first note for one, so that how the run ends does not
// matter; a reader who names none finds the notes at the end of the run.
func (g *guide) note(ctx context.Context, text string) error {
	g.record.text.Note(text)
	if g.record.path != "" {
		return g.save(false)
	}
	g.notes = append(g.notes, text)
	for len(g.notes) == 1 {
		path, err := g.asker.Text(ctx, g.messages.Text("debug.note-file"), g.messages.Text("debug.note-file-hint"))
		if err != nil || path == "" {
			return err
		}
		if err = g.keep(path); err == nil {
			g.notes = nil
			g.transcript.Say(g.messages.Text("debug.note-kept", message.Args{
				"File": path, "Command": shellword.New("kubectl podkit debug --resume %s", path).Called(g.tools.Kubectl.Name),
			}))
			break
		}
		g.transcript.Say(report.Sentence(err, g.messages))
	}
	return g.transcript.Err()
}

// keep gives the run a file from here on.
func (g *guide) keep(path string) error {
	if err := g.keepable(path); err != nil {
		return err
	}
	g.record.path = path
	err := g.save(false)
	if err != nil {
		g.record.path = ""
	}
	return err
}

// replace writes a file anew in one step: who reads it, or a kill, finds the old or the new one. It is for its owner alone, as
// os.CreateTemp makes it.
func replace(path, text string) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// readRecord reads what a record holds: the text, and what --resume needs.
func readRecord(library Library, path string) (string, saved, error) {
	data, err := library.read(path)
	var kept saved
	text, state, found := cutLast(string(data), stateOpens)
	switch {
	case err != nil:
	case !found || !strings.HasSuffix(state, stateCloses):
		err = errors.New("it does not end in a line " + strings.TrimSpace(stateOpens) + " ...")
	default:
		err = json.Unmarshal([]byte(strings.TrimSuffix(state, stateCloses)), &kept)
	}
	if err != nil {
		return "", kept, input.Explain(err, "debug.resume-read", message.Args{"File": path})
	}
	return text, kept, nil
}

// cutLast cuts a text at the last occurrence of a separator.
func cutLast(text, separator string) (before, after string, found bool) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(separator):], true
}
