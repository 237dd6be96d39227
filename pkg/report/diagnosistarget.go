package report

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// target writes the verdict of one pod and what is behind it.
func (w *diagnosisWriter) target(target *diagnosis.Target) {
	w.verdict(target)
	if root := target.Root(); root != nil {
		w.cause(indent, root)
		w.body(target)
		return
	}
	for i := range target.Findings {
		w.also(&target.Findings[i])
	}
}

// cause writes a root cause in a sentence, which is the answer.
func (w *diagnosisWriter) cause(head string, root *diagnosis.Finding) {
	w.answer(head, root, 4, w.inks.label)
}

// body writes what leads from a root cause to the trouble, its proof, what else was found, and what to do.
func (w *diagnosisWriter) body(target *diagnosis.Target) {
	root := target.Root()
	chains := chainsFrom(target.Findings, root.Key())
	for _, chain := range chains {
		w.chain(chain)
	}
	w.Line("")
	if w.view.Verbose {
		w.paragraph("diagnose.means", w.text("finding."+root.ID+".meaning", nil))
	}
	w.evidence(target, shown(target.Findings, chains, w.view.Verbose))
	others := slices.DeleteFunc(slices.Clone(target.Findings), func(f diagnosis.Finding) bool {
		return f.Key() == root.Key() || !w.view.Verbose && inChains(chains, f.Key())
	})
	for i := range others {
		if w.view.Verbose {
			w.Line("")
		}
		w.also(&others[i])
		if w.view.Verbose {
			w.evidence(target, others[i].Evidence)
			w.remedies(others[i].Remedies)
		}
	}
	if len(root.Remedies) > 0 {
		w.Line("")
	}
	if w.view.Verbose {
		w.paragraph("diagnose.repair", w.text("finding."+root.ID+".fix", nil))
	}
	w.remedies(root.Remedies)
}

// also writes a finding that is not on the way to the root cause.
func (w *diagnosisWriter) also(finding *diagnosis.Finding) {
	w.answer(w.labelled("diagnose.also"), finding, 2, lipgloss.NewStyle())
}

// chain writes "Liveness probe fails ← Wrong port": what is seen, what is behind it, and at the end the root cause.
func (w *diagnosisWriter) chain(chain []diagnosis.Finding) {
	titles := make([]string, 0, len(chain))
	for _, finding := range slices.Backward(chain) {
		titles = append(titles, w.text("finding."+finding.ID+".title", nil))
	}
	w.tagged(indent, strings.Join(titles, " ← "), "", w.inks.faint)
}
