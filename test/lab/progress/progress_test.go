package progress

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// newLog returns a log whose clock moves by 1.5 seconds a look.
func newLog(out *strings.Builder) *Log {
	at := time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)
	return New(out, func() time.Time {
		defer func() { at = at.Add(1500 * time.Millisecond) }()
		return at
	})
}

func TestLinesStartWithTheTime(t *testing.T) {
	var out strings.Builder
	l := newLog(&out)
	l.Say("etcd is ready after %s", time.Second)
	l.Say("done")
	if want := "   1.5s  etcd is ready after 1s\n   3.0s  done\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestWrittenTextBecomesLines(t *testing.T) {
	var out strings.Builder
	w := Lines(newLog(&out))
	for _, text := range []string{"images: bu", "ilt 100%\nimages: two\nand a re", "st\n"} {
		if _, err := fmt.Fprint(w, text); err != nil {
			t.Fatal(err)
		}
	}
	want := "   1.5s  images: built 100%\n   3.0s  images: two\n   4.5s  and a rest\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
