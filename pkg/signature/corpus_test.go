package signature_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/signature"
)

var update = flag.Bool("update", false, "write what comes out into the corpus")

// TestCorpus reads the logs of testdata: txtar files of logs, each followed by what must be read from it (nothing, for the
// harmless ones). The lines of a log whose name ends in "timed" begin with their times.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	telling, silent := 0, 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		written := &txtar.Archive{Comment: archive.Comment}
		for i := 0; i < len(archive.Files); i++ {
			log := archive.Files[i]
			want := ""
			if i+1 < len(archive.Files) && archive.Files[i+1].Name == "want" {
				i++
				want = string(archive.Files[i].Data)
			}
			got := told(signature.Read(lines(t, log)))
			written.Files = append(written.Files, log, txtar.File{Name: "want", Data: []byte(got)})
			if want == "" {
				silent++
			} else {
				telling++
			}
			if *update {
				continue
			}
			t.Run(filepath.Base(file)+"/"+log.Name, func(t *testing.T) {
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(written), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d logs tell something, %d nothing", telling, silent)
}

func lines(t *testing.T, log txtar.File) []casefile.LogLine {
	t.Helper()
	var all []casefile.LogLine
	for text := range strings.Lines(string(log.Data)) {
		line := casefile.LogLine{Text: strings.TrimSuffix(text, "\n")}
		line.Text = strings.NewReplacer(`\e`, "\x1b", `\x07`, "\a").Replace(line.Text)
		if strings.HasSuffix(log.Name, "timed") {
			stamp, rest, _ := strings.Cut(line.Text, " ")
			at, err := time.Parse(time.RFC3339Nano, stamp)
			if err != nil {
				t.Fatal(err)
			}
			line = casefile.LogLine{At: at, Text: rest}
		}
		all = append(all, line)
	}
	return all
}

// told writes matches, one a line, and their arguments below.
func told(matches []signature.Match) string {
	var out strings.Builder
	for _, m := range matches {
		strength := map[signature.Strength]string{signature.Mention: "mention", signature.Near: "near", signature.Last: "last"}[m.Strength]
		fmt.Fprintf(&out, "%s %s %s lines %d-%d\n", m.ID, m.Form, strength, m.First+1, m.Last+1)
		for _, key := range slices.Sorted(maps.Keys(m.Args)) {
			fmt.Fprintf(&out, "    %s: %s\n", key, m.Args[key])
		}
	}
	return out.String()
}
