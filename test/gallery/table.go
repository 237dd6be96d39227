package gallery

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// Row is what came out of one case.
type Row struct {
	Case *Case
	// Found and Verdict are the last answer's.
	Found, Verdict string
	// Shown is how long after it was brought about the right answer came first.
	Shown time.Duration
	// Podkit and Describe are the lines that a reader reads until the cause has
	// been said; 0 means never.
	Podkit, Describe int
	// Differences are what was wrong with the last answer.
	Differences []string
}

// Print writes a table of all rows, what differs, and the medians.
func Print(w io.Writer, rows []Row) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\tCASE\tEXPECTED\tFOUND\tVERDICT\tSHOWN\tPODKIT\tDESCRIBE")
	for _, row := range rows {
		shown := fmt.Sprintf("%.0fs", row.Shown.Seconds())
		if len(row.Differences) > 0 {
			shown = "never"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			row.Mark(), row.Case.ID, row.Case.Want(), row.Found, row.Verdict, shown, row.lines(row.Podkit), row.lines(row.Describe))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, row := range rows {
		for _, difference := range row.Differences {
			fmt.Fprintf(w, "WRONG %s: %s\n", row.Case.ID, difference)
		}
	}
	return totals(w, rows)
}

// Mark is a word for whether the answer was right.
func (r Row) Mark() string {
	if len(r.Differences) > 0 {
		return "WRONG"
	}
	return "ok"
}

// measured tells whether the row has a cause whose telling can be measured.
func (r Row) measured() bool {
	return r.Case.Want() != None && r.Case.Meanwhile == "" && len(r.Differences) == 0
}

func (r Row) lines(n int) string {
	switch {
	case !r.measured():
		return "-"
	case n == 0:
		return "never"
	}
	return fmt.Sprint(n)
}

func totals(w io.Writer, rows []Row) error {
	var podkit, describe []int
	var shown []time.Duration
	right, silent, well, alarms := 0, 0, 0, 0
	for _, row := range rows {
		if len(row.Differences) == 0 {
			right++
		}
		if row.Case.Well != "" {
			well++
			alarms += min(1, len(row.Differences))
			continue
		}
		if !row.measured() {
			continue
		}
		shown, podkit = append(shown, row.Shown), append(podkit, row.Podkit)
		if row.Describe == 0 {
			silent++
			continue
		}
		describe = append(describe, row.Describe)
	}
	_, err := fmt.Fprintf(w, `
%d of %d cases right; %d of them are well, with %d false alarms
a cause shows after %.0fs (median), %.0fs at most
lines read until the cause has been said: podkit %d (median), %d at most; kubectl describe %d (median of the %d where it is said), never in %d
`, right, len(rows), well, alarms, median(shown).Seconds(), greatest(shown).Seconds(),
		median(podkit), greatest(podkit), median(describe), len(describe), silent)
	return err
}

func median[T int | time.Duration](values []T) T {
	if len(values) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(values))[len(values)/2]
}

func greatest[T int | time.Duration](values []T) T {
	if len(values) == 0 {
		return 0
	}
	return slices.Max(values)
}
