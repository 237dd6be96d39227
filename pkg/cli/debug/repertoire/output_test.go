package repertoire

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// count returns lines numbered from 1.
func count(n int) string {
	var text strings.Builder
	for i := range n {
		text.WriteString(strconv.Itoa(i+1) + "\n")
	}
	return text.String()
}

func TestShortened(t *testing.T) {
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	tools, x := Tools{Messages: messages}, shellword.New("kubectl x")
	long := "  kubectl get " + strings.Repeat("x", lineLimit)
	tests := map[string]struct {
		got     Result
		want    []string
		leftOut string
	}{
		"nothing":             {got: tools.firstLines(Result{}, "\n", 3, x)},
		"all of it":           {got: tools.firstLines(Result{}, count(3), 3, x), want: []string{"1", "2", "3"}},
		"one line too many":   {got: tools.firstLines(Result{}, count(4), 3, x), want: []string{"1", "2", "3"}, leftOut: "1 more line is left out; all of it: `kubectl x`"},
		"the end of a log":    {got: tools.lastLines(Result{}, count(5), 2, x, false), want: []string{"4", "5"}, leftOut: "3 earlier lines are left out; all of it: `kubectl x`"},
		"more than were read": {got: tools.lastLines(Result{}, count(5), 2, x, true), want: []string{"4", "5"}, leftOut: "3+ earlier lines are left out; all of it: `kubectl x`"},
		"a command in a page": {got: tools.firstLines(Result{Unbroken: []string{long}}, long+"\nb", 3, x), want: []string{long, "b"}},
		"a line of a page":    {got: tools.firstLines(Result{}, strings.Repeat("一", lineLimit+9)+"\r\nb", 3, x), want: []string{strings.Repeat("一", lineLimit) + "…", "b"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.got.Output); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if got := message.Unmarked(test.got.LeftOut); got != test.leftOut {
				t.Errorf("left out: got %q, want %q", got, test.leftOut)
			}
		})
	}
}
