package dossier

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/duration"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

// timeline tells what happened around a pod.
func (b *binder) timeline(target *diagnosis.Target) Timeline {
	entries := timeline.Story(b.file, target.Pod)
	entries = slices.DeleteFunc(entries, func(e timeline.Entry) bool { return e.Last.IsZero() })
	told := Timeline{Pod: target.Pod.Name, Earlier: max(len(entries)-maxMoments, 0)}
	entries = entries[told.Earlier:]
	axis := newAxis(b.file.TakenAt, entries)
	told.Ticks = axis.ticks(b.words.Text("report.now"))
	for _, lane := range timeline.Lanes() {
		if slices.ContainsFunc(entries, func(e timeline.Entry) bool { return e.Lane() == lane }) {
			told.Lanes = append(told.Lanes, lane)
		}
	}
	for i := range entries {
		told.Moments = append(told.Moments, b.moment(axis, &entries[i]))
	}
	for _, err := range b.file.UnreadEvents() {
		told.Unread = append(told.Unread, b.clean(report.Told(err, b.Messages)))
	}
	return told
}

func (b *binder) moment(axis axis, entry *timeline.Entry) Moment {
	text := entry.Text
	if text == "" {
		text = b.words.Text(entry.ID, entry.Args)
	}
	moment := Moment{
		Lane: entry.Lane(), From: axis.place(entry.First), To: axis.place(entry.Last), Warning: entry.Warning, Times: entry.Times,
		Lasting: entry.ID == "timeline.node-condition" && entry.Warning,
		Age:     duration.HumanDuration(b.file.TakenAt.Sub(entry.Last)), Clock: entry.Last.UTC().Format(time.DateTime),
		Object: b.name(strings.ToLower(entry.Kind) + "/" + entry.Name), Reason: b.name(entry.Reason), Source: b.name(entry.Source), Text: short(b.clean(report.Clip(text))),
	}
	moment.Tag = moment.Reason
	if entry.Times > 1 {
		moment.Tag = fmt.Sprintf("%s ×%d", moment.Reason, entry.Times)
	}
	return moment
}

// longestName is how many characters of a name are shown. The API bounds those of objects, and nobody those in events.
const longestName = 120

func (b *binder) name(text string) string {
	runes := []rune(b.clean(report.Clip(text)))
	if len(runes) > longestName {
		return string(runes[:longestName]) + "…"
	}
	return string(runes)
}
