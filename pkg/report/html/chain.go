package html

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

// The measures of a chain, in pixels. Its text is not scaled: a phone shows it as large as a desk's screen does.
const (
	rowHeight  = 52
	lineHeight = 18
	laneWidth  = 22
	dotX       = 10
	// wide is how many columns of text fit on the line of a phone.
	wide = 36
)

// chain is the picture of how a root cause leads to what is seen: a row each, the cause on top, joined by lines.
type chain struct {
	Rows   []row
	Edges  []edge
	Height int
	// Alt says the same in words.
	Alt string
}

type row struct {
	Title []titleLine
	// Under is what stands below the title: what role it has, and the id.
	Under   string
	ID      string
	X, Y    int
	TextX   int
	UnderY  int
	Root    bool
	Seen    bool
	Between bool
}

type titleLine struct {
	Text string
	Y    int
}

// edge is the path of a line from a cause to what it leads to.
type edge struct{ Path string }

func newChain(links []dossier.Link, d *dossier.Dossier) chain {
	var made chain
	lanes := 0
	for _, link := range links {
		lanes = max(lanes, link.Lane)
	}
	top := 0
	names := make([]string, len(links))
	for i, link := range links {
		r := row{ID: link.ID, X: dotX + link.Lane*laneWidth, Y: top + 15, TextX: dotX + lanes*laneWidth + 20, Root: i == 0, Seen: link.Seen}
		r.Between = !r.Root && !r.Seen
		lines := wrap(link.Title, wide)
		for n, text := range lines {
			r.Title = append(r.Title, titleLine{text, r.Y + 5 + n*lineHeight})
		}
		r.UnderY = r.Y + 5 + len(lines)*lineHeight
		r.Under = under(link, r, d)
		top += rowHeight + (len(lines)-1)*lineHeight
		made.Rows = append(made.Rows, r)
		names[i] = link.Title + " (" + link.ID + ")"
	}
	made.Height = top
	for i, link := range links {
		if link.Parent >= 0 {
			made.Edges = append(made.Edges, newEdge(made.Rows[link.Parent], made.Rows[i]))
		}
	}
	made.Alt = d.Text("report.chain-alt", message.Args{"Links": strings.Join(names, " → ")})
	return made
}

// under says what a link is in its chain, and of what object or container.
func under(link dossier.Link, r row, d *dossier.Dossier) string {
	var parts []string
	switch {
	case r.Root:
		parts = append(parts, d.Text("report.root"))
	case r.Seen:
		parts = append(parts, d.Text("report.seen"))
	}
	if link.Object != "" {
		parts = append(parts, link.Object)
	}
	return strings.Join(parts, " · ")
}

// newEdge leads from dot to dot: straight down, or in a curve to the lane beside it.
func newEdge(from, to row) edge {
	const radius = 7
	if from.X == to.X {
		return edge{fmt.Sprintf("M%d %dV%d", from.X, from.Y+radius, to.Y-radius)}
	}
	return edge{fmt.Sprintf("M%d %dC%d %d %d %d %d %dV%d", from.X, from.Y+radius, from.X, from.Y+26, to.X, from.Y+10, to.X, from.Y+36, to.Y-radius)}
}

// wrap breaks a title into lines of about so many columns, where its script allows it.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for state := -1; text != ""; {
		var segment string
		segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		if line != "" && uniseg.StringWidth(strings.TrimSpace(line+segment)) > width {
			lines = append(lines, strings.TrimSpace(line))
			line = ""
		}
		line += segment
	}
	return append(lines, strings.TrimSpace(line))
}
