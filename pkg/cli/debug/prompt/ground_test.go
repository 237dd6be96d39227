package prompt

import (
	"context"
	"errors"
	"testing"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/test/screen"
)

// The question for the background, and that for the place of the cursor, as they are sent.
const asksGround = "\x1b]11;?\a\x1b[6n"

func TestGround(t *testing.T) {
	const place = "\x1b[12;1R"
	tests := map[string]struct {
		answer      string
		want        report.Ground
		interrupted bool
	}{
		"white":                    {answer: "\x1b]11;rgb:ffff/ffff/ffff\x1b\\" + place, want: report.LightGround},
		"Solarized Light":          {answer: "\x1b]11;rgb:fdfd/f6f6/e3e3\a" + place, want: report.LightGround},
		"nearly black":             {answer: "\x1b]11;rgb:1e1e/1e1e/1e1e\a" + place, want: report.DarkGround},
		"a terminal that does not": {answer: place},
		"nobody answers":           {},
		"Ctrl-C":                   {answer: "\x03", interrupted: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, asker := newScreen(t, nil)
			var got report.Ground
			ended := screen.Start(func() (err error) {
				got, err = Ground(context.Background(), asker.streams, report.Terminal{Color: true, Interactive: true})
				return err
			})
			s.Await(asksGround)
			s.Press(test.answer)
			if err := screen.Ending(t, ended); got != test.want || errors.As(err, &Interrupted{}) != test.interrupted || err != nil && !test.interrupted {
				t.Errorf("got %d, %v", got, err)
			}
			s.IsSane()
		})
	}
}

func TestGroundEndsWithTheContext(t *testing.T) {
	s, asker := newScreen(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ended := screen.Start(func() error {
		_, err := Ground(ctx, asker.streams, report.Terminal{Color: true, Interactive: true})
		return err
	})
	s.Await(asksGround)
	cancel()
	if err := screen.Ending(t, ended); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	s.IsSane()
}

// Nothing is asked when it is known, when no colours are shown, or where nobody sits.
func TestGroundIsNotAsked(t *testing.T) {
	s, asker := newScreen(t, nil)
	for name, terminal := range map[string]report.Terminal{
		"known": {Color: true, Interactive: true, Ground: report.LightGround}, "no colours": {Interactive: true}, "a pipe": {Color: true},
	} {
		if got, err := Ground(context.Background(), asker.streams, terminal); got != terminal.Ground || err != nil {
			t.Errorf("%s: got %d, %v", name, got, err)
		}
	}
	if got, err := Ground(context.Background(), genericiooptions.NewTestIOStreamsDiscard(), report.Terminal{Color: true, Interactive: true}); got != report.UnknownGround || err != nil {
		t.Errorf("no terminal: got %d, %v", got, err)
	}
	s.IsSane()
	if shown := s.Shown(); shown != "<the end>" {
		t.Errorf("it wrote %q", shown)
	}
}
