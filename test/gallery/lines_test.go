package gallery

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinesUntil(t *testing.T) {
	const text = "one\n  two is wrapped\n  over lines   of text\nthree\n"
	for words, want := range map[string]int{
		"one": 1, "two is": 2, "wrapped over lines of": 3, "two is wrapped over": 3, "three": 4, "four": 0, "": 0,
	} {
		if got := LinesUntil(text, words); got != want {
			t.Errorf("%q: %d lines, want %d", words, got, want)
		}
	}
}

func TestLinesUntilTakesNumbersForAlike(t *testing.T) {
	const text = "head\nexits with 1 after 1m3s (restarts: 12)\n"
	for words, want := range map[string]int{
		"exits with 1 after 9s (restarts: 3)": 2, "exits after 1s": 0, "exits with 1 after 9s of": 0,
	} {
		if got := LinesUntil(text, words); got != want {
			t.Errorf("%q: %d lines, want %d", words, got, want)
		}
	}
}

func TestWithoutCommandsKeepsTheNumberOfLines(t *testing.T) {
	const describe = `Containers:
  app:
    Command:
      sh
      -c
      echo KeyError
      
    State:  Running
    Args:
      KeyError
Events:
  Killing  container app
`
	const want = "Containers:\n  app:\n\n\n\n\n\n    State:  Running\n\n\nEvents:\n  Killing  container app\n"
	if diff := cmp.Diff(want, WithoutCommands(describe)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
