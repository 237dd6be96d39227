package signature_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/signature"
)

// corpus calls visit with every log of testdata.
func corpus(t *testing.T, visit func(name string, log []casefile.LogLine)) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, log := range archive.Files {
			if log.Name != "want" {
				visit(filepath.Base(file)+"/"+log.Name, lines(t, log))
			}
		}
	}
}

// TestWhatWasSurvivedIsNoCause: whatever a log says, an app that goes on for long after it has not died of it.
func TestWhatWasSurvivedIsNoCause(t *testing.T) {
	corpus(t, func(name string, log []casefile.LogLine) {
		for i := range 20 {
			log = append(log, casefile.LogLine{Text: fmt.Sprintf("2026-03-14 15:09:26 INFO GET /items/%d 200", i)})
		}
		for _, m := range signature.Read(log) {
			t.Errorf("%s: %s is told of an app that went on", name, m.ID)
		}
	})
}

// TestTheLastWordsWin: whatever an app said before, the panic with which it ended is told first.
func TestTheLastWordsWin(t *testing.T) {
	panicked := "panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:17 +0x1d"
	corpus(t, func(name string, log []casefile.LogLine) {
		log = append(log, casefile.LogLine{Text: "2026-03-14 15:09:26 INFO going on"})
		for text := range strings.SplitSeq(panicked, "\n") {
			log = append(log, casefile.LogLine{Text: text})
		}
		found := signature.Read(log)
		if len(found) == 0 || found[0].ID != "log-panic" || found[0].Args["Place"] != "main.go:17 in main.main" {
			t.Errorf("%s: %s", name, told(found))
		}
	})
}

// TestWhatIsToldInPassingIsNoCause: the line that tells a cause, quoted in one of another level, tells none.
func TestWhatIsToldInPassingIsNoCause(t *testing.T) {
	quoted := 0
	corpus(t, func(name string, log []casefile.LogLine) {
		found := signature.Read(log)
		if len(found) == 0 || found[0].First != found[0].Last || strings.HasPrefix(log[found[0].First].Text, "{") {
			return
		}
		quoted++
		line := casefile.LogLine{Text: "2026-03-14 15:09:26 INFO the incident of May: " + log[found[0].First].Text}
		for _, m := range signature.Read([]casefile.LogLine{line}) {
			if m.Strength != signature.Mention {
				t.Errorf("%s: %s is told of %q", name, m.ID, line.Text)
			}
		}
	})
	if quoted < 50 {
		t.Errorf("only %d lines were quoted", quoted)
	}
}
