package report

import (
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// commandColumn is the width of the names of commands, blanks included.
const commandColumn = 12

// Checkup writes a checkup: its checks by area, what each command can do, and the rules to ask for.
func (p *Page) Checkup(c *Checkup) {
	inks := newInks(p.terminal)
	area := ""
	for i := range c.Checks {
		check := &c.Checks[i]
		if check.Area != area {
			p.heading("doctor.area-"+check.Area, nil, i == 0)
			area = check.Area
		}
		p.hang("  "+mark(inks, check.State)+" ", 4, p.text(check.Says, check.Args))
	}
	if c.Commands == nil {
		return
	}
	args := message.Args{"Namespace": c.Namespace, "User": Escape(c.User)}
	p.heading("doctor.rights", args, len(c.Checks) == 0)
	for i := range c.Commands {
		p.command(inks, &c.Commands[i])
	}
	p.wanted(c)
}

// heading begins a part, with an empty line before it unless it is the first.
func (p *Page) heading(id string, args message.Args, first bool) {
	if !first {
		p.Line("")
	}
	p.Line(p.bold(p.text(id, args)))
}

// mark is the sign of a state; it tells by its shape what colour tells as well.
func mark(inks inks, state CheckState) string {
	switch state {
	case CheckOK:
		return inks.good.Render("✓")
	case CheckNote:
		return "·"
	case CheckWarning:
		return "!"
	default:
		return inks.bad.Render("✗")
	}
}

func (p *Page) command(inks inks, assessment *access.Assessment) {
	states := map[access.Verdict]CheckState{
		access.Works: CheckOK, access.Degraded: CheckWarning, access.Fails: CheckError, access.Undecided: CheckNote,
	}
	var losses []string
	for _, loss := range Losses(*assessment) {
		losses = append(losses, loss.Text(p.messages))
	}
	text := p.text("doctor.command-"+assessment.Verdict.String(), message.Args{"Losses": strings.Join(losses, p.text("doctor.semicolon", nil))})
	name := assessment.Command.Name
	p.hang("  "+mark(inks, states[assessment.Verdict])+" "+name+strings.Repeat(" ", max(commandColumn-len(name), 1)), commandColumn+4, text)
}

// wanted writes the rules as they are put into a role.
func (p *Page) wanted(c *Checkup) {
	wanted := c.Wanted()
	if len(wanted) == 0 {
		return
	}
	p.heading("doctor.ask", nil, false)
	for _, group := range wanted {
		id, namespace := "doctor.ask-there", group.Place.Namespace(c.Namespace)
		if namespace == "" {
			id = "doctor.ask-everywhere"
		}
		p.hang("  ", 2, p.text(id, message.Args{"Role": group.Role, "Namespace": namespace, "What": p.text("doctor."+group.Role, nil)}))
		for _, rule := range group.Rules {
			p.Line("    " + RuleLine(rule))
		}
	}
}

// RuleLine is a rule as an item of the list of rules of a role, on one line of YAML.
func RuleLine(rule rbacv1.PolicyRule) string {
	group := rule.APIGroups[0]
	if group == "" {
		group = `""`
	}
	return "- {apiGroups: [" + group + "], resources: [" + strings.Join(rule.Resources, ", ") + "], verbs: [" + strings.Join(rule.Verbs, ", ") + "]}"
}

// hang writes a text whose further lines are indented below its first.
func (p *Page) hang(lead string, indent int, text string) {
	width := p.terminal.Width
	if width == 0 {
		width = DefaultWidth
	}
	for i, line := range p.terminal.told(Escape(text), max(width-indent, 20)) {
		if i > 0 {
			lead = strings.Repeat(" ", indent)
		}
		p.Line(lead + newInks(p.terminal).told(line, p.terminal.Color))
	}
}
