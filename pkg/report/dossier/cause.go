package dossier

import (
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// cause tells a root cause as the best of its pods shows it.
func (b *binder) cause(at int, group *diagnosis.Group) Cause {
	var members []diagnosis.Target
	for i := range b.found.Targets {
		if belongs(group, &b.found.Targets[i]) {
			members = append(members, b.found.Targets[i])
		}
	}
	if len(members) == 0 { // A diagnosis whose groups and targets contradict each other.
		return Cause{Anchor: anchor(at), ID: group.Root.ID, Sentence: b.counted(b.words.Sentence(&group.Root))}
	}
	target := report.Example(members)
	root := target.Root()
	chains := report.Symptoms(target.Findings, root.Key())
	cause := Cause{
		Anchor: anchor(at), Verdict: target.Verdict, Symbol: report.Symbol(target.Verdict), Word: b.words.VerdictWord(target.Verdict),
		ID: root.ID, Title: b.words.Text("finding." + root.ID + ".title"), Sentence: b.counted(b.words.Sentence(root)),
		Confidence: b.words.Text("diagnose.confidence-" + root.Confidence.String()), Who: b.who(group, members, target),
		Links: b.links(root, chains), Evidence: b.evidence(target, report.Proof(target.Findings, chains)), Also: b.also(target, chains),
		Steps: b.steps(root.Remedies), Logs: b.logsOf(target), Timeline: b.timeline(target),
	}
	cause.Meaning = b.words.Text("finding." + root.ID + ".meaning")
	cause.Repair = b.words.Text("finding." + root.ID + ".fix")
	return cause
}

func (b *binder) who(group *diagnosis.Group, members []diagnosis.Target, target *diagnosis.Target) string {
	if len(members) == 1 && group.Of == 1 {
		return b.counted(b.words.Verdict(target))
	}
	return b.counted(b.words.Group(group, members))
}

// links lays out the chains: each finding once, behind the one that it was reached from.
func (b *binder) links(root *diagnosis.Finding, chains [][]diagnosis.Finding) []Link {
	links := []Link{b.link(root, 0, -1)}
	at := map[diagnosis.Key]int{root.Key(): 0}
	for lane, chain := range chains {
		parent := 0
		for i := range chain {
			key := chain[i].Key()
			if known, told := at[key]; told {
				parent = known
				continue
			}
			at[key] = len(links)
			links = append(links, b.link(&chain[i], lane, parent))
			parent = at[key]
		}
		links[parent].Seen = true
	}
	return links
}

func (b *binder) link(finding *diagnosis.Finding, lane, parent int) Link {
	link := Link{ID: finding.ID, Title: b.words.Text("finding." + finding.ID + ".title"), Lane: lane, Parent: parent}
	if object := finding.Object; object.Kind != "" && object.Kind != "Pod" {
		link.Object = b.clean(strings.ToLower(object.Kind) + "/" + object.Name)
	} else if finding.Container != "" {
		link.Object = b.clean(finding.Container)
	}
	return link
}

func (b *binder) evidence(target *diagnosis.Target, proof []diagnosis.Evidence) []Evidence {
	var told []Evidence
	for i := range proof {
		piece := Evidence{
			Label: b.words.Source(proof[i].Source), Place: b.counted(b.words.Place(target, &proof[i])),
			Lines: b.lines(b.words.Value(&proof[i])),
		}
		if proof[i].Says != "" {
			piece.Says = b.clean(b.words.Text(proof[i].Says, proof[i].Args))
		}
		told = append(told, piece)
	}
	return told
}

// lines are the first lines of a text, each of a bounded length.
func (b *binder) lines(lines []string) []string {
	lines = lines[:min(len(lines), maxLines)]
	for i := range lines {
		lines[i] = short(b.counted(lines[i]))
	}
	return lines
}

// short brings a line to a bounded length, and shows that there was more.
func short(line string) string {
	runes := []rune(line)
	if len(runes) <= maxLine {
		return line
	}
	return string(runes[:maxLine]) + "…"
}

// also are the findings that are neither the root cause nor led to by it.
func (b *binder) also(target *diagnosis.Target, chains [][]diagnosis.Finding) []Note {
	told := map[diagnosis.Key]bool{target.Root().Key(): true}
	for _, finding := range slices.Concat(chains...) {
		told[finding.Key()] = true
	}
	var also []Note
	for i := range target.Findings {
		if finding := &target.Findings[i]; !told[finding.Key()] {
			also = append(also, Note{ID: finding.ID, Sentence: b.counted(b.words.Sentence(finding))})
		}
	}
	return also
}

func (b *binder) steps(remedies []diagnosis.Remedy) []Step {
	var steps []Step
	for _, remedy := range remedies {
		step := Step{Label: b.words.Text("diagnose.look"), Text: b.clean(b.words.Text(remedy.ID, remedy.Args))}
		if remedy.Effect != diagnosis.ReadOnly {
			step.Label = b.words.Text("diagnose.fix")
		}
		if line, refusal := report.PublicLine(remedy.Command.Called(b.Kubectl), b.redact()); refusal != "" {
			step.Text = b.words.Text("diagnose.aside", message.Args{"Text": step.Text, "Tag": b.words.Text(string(refusal))})
		} else if line != "" {
			step.Command = line
			step.Effect = b.effect(remedy.Effect)
			step.Destructive = remedy.Effect == diagnosis.Destructive
		}
		steps = append(steps, step)
	}
	return steps
}

// effect says what a command does to the cluster; reading does nothing.
func (b *binder) effect(effect diagnosis.Effect) string {
	switch effect {
	case diagnosis.Changes:
		return b.words.Text("diagnose.changes")
	case diagnosis.Destructive:
		return b.words.Text("diagnose.deletes")
	}
	return ""
}
