package html

import (
	"fmt"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

// The measures of a timeline: heights in pixels, places along the axis in percent of the width, so that it fits any screen
// without being scaled.
const (
	laneHeight = 44
	axisHeight = 26
	// left and right are kept free of marks, in percent: marks have a width.
	left, right = 2.0, 2.0
)

// chart is the picture of a timeline: a lane for each kind of object, and the ages below.
type chart struct {
	Lanes  []lane
	Ticks  []tick
	Height int
	// Bottom is where the lanes end and the axis begins.
	Bottom int
	// Alt says what the picture is.
	Alt string
}

type lane struct {
	Name  string
	Y     int
	Marks []mark
}

// mark is a thing that happened. What happened again and again, or lasts, has a line from From to To as well.
type mark struct {
	At, From, To percent
	Span         bool
	// Shape chooses how it is drawn, so that it is not told by colour alone: dot, alarm, end, start or made.
	Shape string
	Label string
}

type tick struct {
	At     percent
	Label  string
	Anchor string
	// Minor ticks are left out on a phone.
	Minor bool
}

// percent is a length along the axis, as SVG writes it.
type percent float64

func (p percent) String() string { return fmt.Sprintf("%.2f%%", float64(p)) }

func place(at float64) percent { return percent(left + at*(100-left-right)) }

func newChart(t *dossier.Timeline, d *dossier.Dossier) chart {
	made := chart{Alt: d.Text("report.timeline-alt", message.Args{"Pod": t.Pod, "Count": len(t.Moments)})}
	for i, kind := range t.Lanes {
		l := lane{Name: d.Text("report.lane-" + string(kind)), Y: i*laneHeight + 32}
		for j := range t.Moments {
			if t.Moments[j].Lane == kind {
				l.Marks = append(l.Marks, newMark(&t.Moments[j]))
			}
		}
		made.Lanes = append(made.Lanes, l)
	}
	made.Bottom = len(t.Lanes)*laneHeight + 4
	made.Height = made.Bottom + axisHeight
	for i, mark := range t.Ticks {
		made.Ticks = append(made.Ticks, newTick(mark, i))
	}
	return made
}

func newMark(m *dossier.Moment) mark {
	made := mark{At: place(m.To), From: place(m.From), To: place(m.To), Shape: shape(m), Label: m.Age + " · " + m.Object + " · " + m.Tag + "\n" + m.Text}
	if m.Lasting {
		made.From, made.To = place(m.To), place(1)
	}
	made.Span = made.To-made.From > 0.5
	return made
}

// shape tells what happened.
func shape(m *dossier.Moment) string {
	switch {
	case m.Reason == "ContainerEnded" && m.Warning:
		return "end"
	case m.Warning:
		return "alarm"
	case m.Reason == "ContainerStarted" || m.Reason == "Started":
		return "start"
	case m.Lane == timeline.Rollouts:
		return "made"
	}
	return "dot"
}

// newTick anchors the outermost labels at their ends, so that none is cut off.
func newTick(t dossier.Tick, i int) tick {
	made := tick{At: place(t.At), Label: t.Label, Anchor: "middle", Minor: i%2 == 1}
	switch {
	case t.At > 0.95:
		made.Anchor = "end"
	case t.At < 0.05:
		made.Anchor = "start"
	}
	return made
}
