package dossier_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
	"github.com/kubectl-podkit/podkit/pkg/timeline"
)

func builder(t *testing.T) dossier.Builder {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	return dossier.Builder{Messages: messages, Kubectl: "kubectl", Tool: "podkit v1.2.3"}
}

func TestIncident(t *testing.T) {
	d := builder(t).Build(specimen.Incident(t))
	if d.Title != "Namespace shop" || len(d.Causes) != 2 || len(d.Pods) != 4 || d.Redactions == 0 {
		t.Fatalf("%s with %d causes, %d pods, %d redactions", d.Title, len(d.Causes), len(d.Pods), d.Redactions)
	}
	cause := d.Causes[0]
	if cause.ID != "log-missing-env" || len(cause.Links) != 2 || cause.Links[1].ID != "app-exit" || cause.Links[1].Parent != 0 || !cause.Links[1].Seen {
		t.Errorf("%s leads to %+v", cause.ID, cause.Links)
	}
	for _, pod := range d.Pods {
		if pod.Workload == "deploy/orders" && pod.Anchor != cause.Anchor || pod.Workload == "" && pod.Anchor == cause.Anchor {
			t.Errorf("pod %s: %s at %s", pod.Name, pod.Cause, pod.Anchor)
		}
	}
	share := 0.0
	for _, count := range d.Counts {
		if count.Before != share {
			t.Errorf("%s begins at %v, not at %v", count.Verdict, count.Before, share)
		}
		share += count.Share
	}
	if share < 0.999 || share > 1.001 {
		t.Errorf("the shares make %v", share)
	}
}

// TestLogs: the lines that are evidence are marked in the log that they are from.
func TestLogs(t *testing.T) {
	logs := builder(t).Build(specimen.Incident(t)).Causes[0].Logs
	if len(logs) == 0 || !logs[0].Cut {
		t.Fatalf("got %d logs", len(logs))
	}
	var telling []string
	for _, line := range logs[0].Lines {
		if line.Telling {
			telling = append(telling, line.Text)
		}
	}
	if len(telling) == 0 || telling[len(telling)-1] != "KeyError: 'ORDERS_DSN'" {
		t.Errorf("the telling lines are %q", telling)
	}
}

// TestTimeline: moments are in their order, and the ticks go from now into the past.
func TestTimeline(t *testing.T) {
	story := builder(t).Build(specimen.Incident(t)).Causes[0].Timeline
	if !slices.Equal(story.Lanes, timeline.Lanes()) {
		t.Errorf("lanes %v", story.Lanes)
	}
	last := 0.0
	for _, moment := range story.Moments {
		if moment.To < last || moment.From > moment.To || moment.To > 1 || moment.From < 0 {
			t.Errorf("%s from %v to %v, behind %v", moment.Tag, moment.From, moment.To, last)
		}
		last = moment.To
	}
	for i := 1; i < len(story.Ticks); i++ {
		if story.Ticks[i].At >= story.Ticks[i-1].At {
			t.Errorf("ticks %v", story.Ticks)
		}
	}
	if len(story.Ticks) < 3 || story.Ticks[0].Label != "now" {
		t.Errorf("ticks %v", story.Ticks)
	}
}

// TestBounds: what a hostile cluster says without end is cut.
func TestBounds(t *testing.T) {
	d := builder(t).Build(specimen.Hostile(t))
	for _, cause := range d.Causes {
		for _, evidence := range cause.Evidence {
			for _, line := range evidence.Lines {
				if len([]rune(line)) > 2001 {
					t.Errorf("a line of %d", len(line))
				}
			}
		}
		for _, moment := range cause.Timeline.Moments {
			if len([]rune(moment.Text)) > 2001 || strings.ContainsAny(moment.Text, "\n\x1b") {
				t.Errorf("a moment of %d characters: %.80q", len(moment.Text), moment.Text)
			}
		}
	}
}

func TestSpans(t *testing.T) {
	got := dossier.Spans("a ‹redacted:jwt:00ff00› b ‹redacted: nothing›")
	want := []dossier.Span{{Text: "a "}, {Text: "‹redacted:jwt:00ff00›", Redacted: true}, {Text: " b ‹redacted: nothing›"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	got = dossier.Prose("Run `kubectl get` now")
	want = []dossier.Span{{Text: "Run "}, {Text: "kubectl get", Code: true}, {Text: " now"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestSameBytes: no order of a map reaches a dossier.
func TestSameBytes(t *testing.T) {
	first, second := builder(t).Build(specimen.Incident(t)), builder(t).Build(specimen.Incident(t))
	first.Messages, second.Messages = nil, nil
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("a second dossier is another:\n%s", diff)
	}
	if !first.TakenAt.Equal(specimen.Now.In(time.UTC)) {
		t.Errorf("taken at %v", first.TakenAt)
	}
}
