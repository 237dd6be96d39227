package report

import (
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Difference writes what changed between two snapshots: how the workloads do first, then what was found, and then the objects
// with their fields as kubectl diff marks them, - for what was and + for what is.
func (p *Page) Difference(d *difference.Difference) {
	args := message.Args{
		"Before": oneCell(d.Before.Name), "After": oneCell(d.After.Name), "From": clockOf(d.Before.TakenAt.Time), "To": clockOf(d.After.TakenAt.Time),
		"Between": duration.HumanDuration(d.After.TakenAt.Sub(d.Before.TakenAt.Time).Abs()),
	}
	p.Line(p.bold(p.text("difference.title", args)))
	if d.After.TakenAt.Time.Before(d.Before.TakenAt.Time) {
		p.Line(p.text("difference.order", nil))
	}
	if d.None() {
		p.Line(p.text("difference.none", nil))
	}
	p.verdicts(d.Verdicts)
	p.troubles(d.Findings)
	p.objects(d.Objects)
	p.images(d.Images)
	p.restarts(d.Restarts)
	p.uncovered(d.NotCompared)
}

func clockOf(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05Z") }

// subject is "deploy/orders -n shop".
func subject(s difference.Subject) string {
	return oneCell(diagnosis.Workload{Kind: s.Kind, Name: s.Name}.String() + " -n " + s.Namespace)
}

func (p *Page) verdicts(verdicts []difference.Verdict) {
	if len(verdicts) > 0 {
		p.Section("difference.verdicts")
	}
	for _, v := range verdicts {
		p.Line("  " + subject(v.Subject) + "  " + p.verdictWord(v.Before, v.PodsBefore) + " → " + p.verdictWord(v.After, v.PodsAfter))
	}
}

// verdictWord is a verdict with its mark, and of how many pods it is the worst.
func (p *Page) verdictWord(verdict string, pods int) string {
	if verdict == "" {
		return p.text("difference.no-pods", nil)
	}
	known := diagnosis.Verdict(verdict)
	return p.text("difference.verdict", message.Args{"Verdict": verdictSymbols[known] + " " + p.verdictName(known), "Count": pods})
}

// signs stand before what came, went and changed.
var signs = map[difference.Change]string{difference.Came: "+", difference.Went: "-", difference.Changed: "~", difference.Replaced: "±"}

// signed writes a line behind its sign, in the colour that a diff gives it.
func (p *Page) signed(indent string, change difference.Change, text string) {
	inks := newInks(p.terminal)
	line := signs[change] + " " + text
	switch change {
	case difference.Came:
		line = inks.good.Render(line)
	case difference.Went:
		line = inks.bad.Render(line)
	}
	p.Line(indent + line)
}

func (p *Page) troubles(findings []difference.Finding) {
	if len(findings) > 0 {
		p.Section("difference.findings")
	}
	for _, f := range findings {
		p.signed("  ", f.Change, f.ID+" · "+subject(f.Subject)+" · "+oneCell(f.Summary))
	}
}

// mostShown is how much of a value is shown, in columns.
const mostShown = 400

func (p *Page) objects(objects []difference.Object) {
	if len(objects) > 0 {
		p.Section("difference.objects")
	}
	for _, o := range objects {
		name := strings.ToLower(o.Kind) + "/" + o.Name
		if o.Namespace != "" {
			name += " -n " + o.Namespace
		}
		p.signed("  ", o.Change, oneCell(name))
		if o.Change == difference.Replaced {
			p.Line("      " + p.text("difference.replaced", nil))
		}
		for _, field := range o.Fields {
			p.field(field)
		}
	}
}

func (p *Page) field(field difference.Field) {
	p.Line("      " + oneCell(field.Path))
	if field.Before != nil {
		p.signed("        ", difference.Went, shorten(oneCell(clip(*field.Before)), mostShown))
	}
	if field.After != nil {
		p.signed("        ", difference.Came, shorten(oneCell(clip(*field.After)), mostShown))
	}
}

func (p *Page) images(images []difference.Image) {
	if len(images) > 0 {
		p.Section("difference.images")
	}
	for _, image := range images {
		p.Line("  " + subject(image.Subject) + " · " + oneCell(image.Container))
		for _, digest := range image.Before {
			p.signed("        ", difference.Went, oneCell(digest))
		}
		for _, digest := range image.After {
			p.signed("        ", difference.Came, oneCell(digest))
		}
	}
}

func (p *Page) restarts(restarts []difference.Restart) {
	if len(restarts) > 0 {
		p.Section("difference.restarts")
	}
	for _, r := range restarts {
		p.Line("  " + oneCell("pod/"+r.Pod+" -n "+r.Namespace+" · "+r.Container) + "  " + strconv.Itoa(r.Before) + " → " + strconv.Itoa(r.After))
	}
}

func (p *Page) uncovered(uncovered []difference.Uncovered) {
	if len(uncovered) > 0 {
		p.Line("")
	}
	for _, u := range uncovered {
		p.Line("? " + p.text("difference.not-compared-"+u.In, message.Args{"Count": u.Count, "Kind": oneCell(u.Kind), "Namespace": oneCell(u.Namespace)}))
	}
}
