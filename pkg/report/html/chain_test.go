package html

import (
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/dossier"
)

func written(t *testing.T) *dossier.Dossier {
	t.Helper()
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	return &dossier.Dossier{Messages: messages}
}

// TestChainBranches: two symptoms of one cause are two lanes, and each line leads down from a cause to its symptom.
func TestChainBranches(t *testing.T) {
	links := []dossier.Link{
		{ID: "root", Title: "Root", Parent: -1},
		{ID: "a", Title: "A", Parent: 0},
		{ID: "b", Title: "B", Parent: 1, Seen: true},
		{ID: "c", Title: "C", Parent: 0, Lane: 1, Seen: true},
	}
	made := newChain(links, written(t))
	if len(made.Edges) != 3 || made.Rows[3].X <= made.Rows[2].X || made.Rows[0].TextX <= made.Rows[3].X {
		t.Errorf("got %+v", made)
	}
	for i := 1; i < len(made.Rows); i++ {
		if made.Rows[i].Y <= made.Rows[i-1].Y {
			t.Errorf("row %d is not below row %d", i, i-1)
		}
	}
	if !strings.Contains(made.Edges[2].Path, "C") || strings.Contains(made.Edges[0].Path, "C") {
		t.Errorf("the paths are %v", made.Edges)
	}
	if want := "Chain of causes, the root first: Root (root) → A (a) → B (b) → C (c)"; made.Alt != want {
		t.Errorf("in words: %s", made.Alt)
	}
}

func TestWrap(t *testing.T) {
	for text, want := range map[string]string{
		"short": "short",
		"The application exits with an error now":  "The application exits with an error|now",
		"应用程序因为缺少一个环境变量而以错误退出了":                    "应用程序因为缺少一个环境变量而以错误|退出了",
		"https://a-very-long-word.example.com/abc": "https://a-very-long-|word.example.com/abc",
	} {
		if got := strings.Join(wrap(text, wide), "|"); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
