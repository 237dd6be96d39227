package report

import (
	"errors"
	"slices"

	"charm.land/lipgloss/v2"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Right is what RBAC must allow for a question to be answered.
type Right struct {
	Verb, Group, Resource, Namespace string
}

// RightFor returns the right that a question needs: get for one object, list for all of them. A log is a subresource of
// its pod.
func RightFor(question casefile.Question) Right {
	plural, _ := meta.UnsafeGuessKindToResource(schema.FromAPIVersionAndKind(question.APIVersion, question.Kind))
	right := Right{Verb: "get", Group: plural.Group, Resource: plural.Resource, Namespace: question.Namespace}
	switch {
	case question.Part == casefile.LogTail:
		right.Resource += "/log"
	case question.Name == "":
		right.Verb = "list"
	}
	return right
}

// Why a question has no answer.
const (
	// ReasonForbidden: a right is missing.
	ReasonForbidden = "forbidden"
	// ReasonFailed: no answer came, or the server does not accept the credentials, which no right helps.
	ReasonFailed = "failed"
	// ReasonNotRecorded: a recording is read, and tells nothing of it; no right that is granted now helps.
	ReasonNotRecorded = "not-recorded"
	// ReasonPartial: a log broke off while it was read.
	ReasonPartial = "partial"
	// ReasonLimit: it was not asked, since enough had been read.
	ReasonLimit = "limit"
)

// Why returns why a question has no answer.
func Why(unknown *diagnosis.Unknown) string {
	id := sentenceOf(unknown)
	switch {
	case unknown.State == casefile.NotYet:
		return ReasonLimit
	case id == "logs.partial":
		return ReasonPartial
	case id == "recording.not-recorded":
		return ReasonNotRecorded
	case unknown.State == casefile.Denied && id != "error.unauthorized" && id != "recording.failed":
		return ReasonForbidden
	}
	return ReasonFailed
}

// sentenceOf is the id of the sentence that tells why there is no answer, or empty.
func sentenceOf(unknown *diagnosis.Unknown) string {
	var told *message.Error
	if !errors.As(unknown.Err, &told) {
		return ""
	}
	return told.ID
}

// unread is the unknowns that one sentence tells.
type unread struct {
	Right
	*diagnosis.Unknown
	names []string
}

// unknowns writes what could not be read, why, what it would tell, and how a recording comes by it.
func (w *diagnosisWriter) unknowns(found *diagnosis.Diagnosis) {
	if len(found.Unknowns) > 0 {
		w.Line("")
	}
	for _, u := range foldUnknowns(found.Unknowns) {
		w.tagged(w.inks.warn.Render("?")+" ", w.unreadText(u), "", lipgloss.NewStyle())
	}
	w.remedies(recapture(found))
}

// Unread writes what could not be read of that by which more could be said about one pod.
func (p *Page) Unread(found *diagnosis.Diagnosis, target *diagnosis.Target, view DiagnosisView) {
	of := *found
	of.Unknowns = nil
	for _, unknown := range found.Unknowns {
		if slices.Contains(unknown.Pods, diagnosis.NameOf(target.Pod)) {
			of.Unknowns = append(of.Unknowns, unknown)
		}
	}
	newDiagnosisWriter(p, found.File.TakenAt, view).unknowns(&of)
}

// unreadText says in a sentence what could not be read, why, and what it would tell.
func (w *diagnosisWriter) unreadText(u *unread) string {
	what := u.Resource
	if len(u.names) > 0 {
		what += " " + w.names(u.names)
	}
	args := message.Args{
		"What": what, "Verb": u.Verb, "Resource": u.Resource, "Namespace": u.Namespace, "Cause": "",
		"Tells": w.text(tells(u.Resource), nil),
	}
	if u.Err != nil {
		args["Cause"] = Told(u.Err, w.messages)
	}
	var told *message.Error
	if Why(u.Unknown) == ReasonPartial && errors.As(u.Err, &told) {
		args["Cause"] = told.Args["Cause"]
	}
	id := "diagnose." + Why(u.Unknown)
	if sentenceOf(u.Unknown) == "recording.forbidden" {
		id = "diagnose.forbidden-recorded"
	}
	return w.cell(w.text(id, args))
}

// tells is the id of what a resource would tell.
func tells(resource string) string {
	switch resource {
	case "configmaps", "events", "nodes", "pods/log", "replicasets", "secrets", "serviceaccounts":
		return "diagnose.tells-" + resource
	}
	return "diagnose.tells"
}

// foldUnknowns puts together what is told in one sentence: the same resource in the same namespace, for the same reason.
func foldUnknowns(unknowns []diagnosis.Unknown) []*unread {
	var folded []*unread
	for i := range unknowns {
		unknown := &unknowns[i]
		right := RightFor(unknown.Question)
		at := slices.IndexFunc(folded, func(u *unread) bool {
			return u.Right == right && Why(u.Unknown) == Why(unknown)
		})
		if at < 0 {
			at = len(folded)
			folded = append(folded, &unread{Right: right, Unknown: unknown})
		}
		if name := unknown.Name; name != "" && !slices.Contains(folded[at].names, name) {
			folded[at].names = append(folded[at].names, name)
		}
	}
	return folded
}
