package markdown

import (
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

func (p *page) cause(cause *dossier.Cause) {
	p.heading(2, cause.Symbol+" "+cause.Sentence)
	p.line(code(cause.ID) + " · " + inline(cause.Word) + " · " + inline(cause.Confidence) + "  ")
	p.line(inline(cause.Who))
	p.chain(cause.Links)
	p.evidence(cause.Evidence)
	p.steps(cause.Steps)
	p.also(cause.Also)
	p.details(p.d.Text("report.about"), func() {
		p.paragraph(prose(cause.Meaning))
		p.paragraph(prose(cause.Repair))
	})
	for i := range cause.Logs {
		p.log(&cause.Logs[i])
	}
	p.timeline(&cause.Timeline)
}

// chain lists what the root cause leads to, each below what it comes from.
func (p *page) chain(links []dossier.Link) {
	if len(links) < 2 {
		return
	}
	p.part("report.chain")
	p.line("")
	depths := make([]int, len(links))
	for i, link := range links {
		if link.Parent >= 0 {
			depths[i] = depths[link.Parent] + 1
		}
	}
	for _, i := range depthFirst(links, 0) {
		arrow := "↳ "
		if i == 0 {
			arrow = ""
		}
		p.line(strings.Repeat("  ", depths[i]) + "- " + arrow + inline(links[i].Title) + " " + code(links[i].ID))
	}
}

// depthFirst orders links so that each comes before what it leads to, and that before what comes beside it.
func depthFirst(links []dossier.Link, from int) []int {
	order := []int{from}
	for i := range links {
		if links[i].Parent == from && i != from {
			order = append(order, depthFirst(links, i)...)
		}
	}
	return order
}

func (p *page) evidence(evidence []dossier.Evidence) {
	if len(evidence) == 0 {
		return
	}
	p.part("report.evidence")
	p.line("")
	for _, piece := range evidence {
		head := "- *" + inline(piece.Label) + "*"
		for _, text := range []string{piece.Place, piece.Says} {
			if text != "" {
				head += " · " + inline(text)
			}
		}
		if len(piece.Lines) == 1 {
			p.line(head + ": " + code(piece.Lines[0]))
			continue
		}
		p.line(head)
		if len(piece.Lines) > 0 {
			p.fence("text", piece.Lines)
			p.line("")
		}
	}
}

func (p *page) steps(steps []dossier.Step) {
	if len(steps) == 0 {
		return
	}
	p.part("report.steps")
	for _, step := range steps {
		text := "*" + inline(step.Label) + "* " + inline(step.Text)
		if step.Effect != "" {
			text += " — **" + inline(step.Effect) + "**"
		}
		p.paragraph(text)
		if step.Command != "" {
			p.fence("sh", []string{step.Command})
		}
	}
}

func (p *page) also(notes []dossier.Note) {
	if len(notes) == 0 {
		return
	}
	p.part("report.also")
	p.line("")
	for _, note := range notes {
		p.line("- " + code(note.ID) + " " + inline(note.Sentence))
	}
}

// log writes the end of a log, folded.
func (p *page) log(log *dossier.Log) {
	p.details(log.Title, func() {
		if log.Cut {
			p.paragraph(inline(p.d.Text("report.cut")))
		}
		lines := make([]string, 0, len(log.Lines))
		for _, line := range log.Lines {
			lines = append(lines, strings.TrimLeft(line.Clock+"  ", " ")+line.Text)
		}
		p.fence("text", lines)
	})
}

// timeline writes what happened, folded.
func (p *page) timeline(timeline *dossier.Timeline) {
	if len(timeline.Moments) == 0 {
		return
	}
	p.details(p.d.Text("report.timeline", message.Args{"Pod": timeline.Pod}), func() {
		p.columns("report.column-time", "report.column-object", "report.column-reason", "report.column-text")
		for i := range timeline.Moments {
			moment := &timeline.Moments[i]
			reason := inline(moment.Tag)
			if moment.Warning {
				reason = "**" + reason + "**"
			}
			p.row(inline(moment.Clock), code(moment.Object), reason, inline(moment.Text))
		}
		for _, sentence := range timeline.Unread {
			p.paragraph(inline(p.d.Text("timeline.unread", message.Args{"Cause": sentence})))
		}
	})
}
