package dossier

import (
	"math"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

// axis places moments by the logarithm of their age: what led to a failure happened within seconds, and the rollout before
// it may be weeks old. Both have room then, and a back-off that doubles makes even steps.
type axis struct {
	now    time.Time
	oldest time.Duration
}

// fine is the age below which the axis is about linear.
const fine = 15 * time.Second

func newAxis(now time.Time, entries []timeline.Entry) axis {
	a := axis{now: now, oldest: time.Minute}
	for i := range entries {
		a.oldest = max(a.oldest, now.Sub(entries[i].Last), now.Sub(entries[i].First))
	}
	return a
}

// place is where a moment is: 0 is the oldest, 1 is now. The clocks of a cluster may be ahead of each other.
func (a axis) place(at time.Time) float64 {
	return a.of(a.now.Sub(at))
}

func (a axis) of(age time.Duration) float64 {
	grown := func(d time.Duration) float64 { return math.Log1p(float64(max(d, 0)) / float64(fine)) }
	place := 1 - grown(age)/grown(a.oldest)
	return math.Round(math.Max(place, 0)*1e4) / 1e4
}

// gap is how much of the axis a tick's label takes.
const gap = 0.15

// ticks are round ages with room between them, now first, and the oldest age last.
func (a axis) ticks(now string) []Tick {
	ticks := []Tick{{At: 1, Label: now}}
	last := 1.0
	for _, age := range []time.Duration{
		10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour,
		2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour, 365 * 24 * time.Hour,
	} {
		if at := a.of(age); age <= a.oldest && last-at >= gap {
			ticks = append(ticks, Tick{At: at, Label: "−" + duration.HumanDuration(age)})
			last = at
		}
	}
	if last >= gap {
		ticks = append(ticks, Tick{At: 0, Label: "−" + duration.HumanDuration(a.oldest)})
	}
	return ticks
}
