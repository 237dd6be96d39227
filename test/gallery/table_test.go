package gallery

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPrint(t *testing.T) {
	rows := []Row{
		{Case: &Case{ID: "app-exit", Wrong: "x.", Finding: "app-exit"}, Found: "app-exit", Verdict: "Failing", Shown: 4 * time.Second, Podkit: 2},
		{Case: &Case{ID: "oom-a", Wrong: "x.", Finding: "oom-killed"}, Found: "oom-killed", Verdict: "Failing", Shown: 9 * time.Second, Podkit: 2, Describe: 27},
		{Case: &Case{ID: "oom-b", Wrong: "x.", Finding: "oom-killed"}, Found: "app-exit", Verdict: "Failing", Podkit: 3, Differences: []string{"root cause app-exit"}},
		{Case: &Case{ID: "pvc", Wrong: "x.", Finding: "pvc", Meanwhile: "unexplained"}, Found: "unexplained", Verdict: "Failing", Shown: time.Second, Podkit: 2},
		{Case: &Case{ID: "healthy-a", Well: "x."}, Found: "none", Verdict: "Healthy", Shown: time.Second},
		{Case: &Case{ID: "healthy-b", Well: "x."}, Found: "oom-killed", Verdict: "Failing", Differences: []string{"false alarm"}},
	}
	const want = `       CASE       EXPECTED     FOUND        VERDICT  SHOWN  PODKIT  DESCRIBE
ok     app-exit   app-exit     app-exit     Failing  4s     2       never
ok     oom-a      oom-killed   oom-killed   Failing  9s     2       27
WRONG  oom-b      oom-killed   app-exit     Failing  never  -       -
ok     pvc        unexplained  unexplained  Failing  1s     -       -
ok     healthy-a  none         none         Healthy  1s     -       -
WRONG  healthy-b  none         oom-killed   Failing  never  -       -
WRONG oom-b: root cause app-exit
WRONG healthy-b: false alarm

4 of 6 cases right; 2 of them are well, with 1 false alarms
a cause shows after 9s (median), 9s at most
lines read until the cause has been said: podkit 2 (median), 2 at most; kubectl describe 27 (median of the 1 where it is said), never in 1
`
	var got strings.Builder
	if err := Print(&got, rows); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
