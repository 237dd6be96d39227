//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/kubectl-podkit/podkit/test/gallery"
)

// atOnce is how many cases of the gallery are on the cluster at a time, and asking how many commands ask about them: two
// processors hold no more.
const (
	atOnce = 20
	asking = 4
)

// TestGallery brings every case of the gallery about, each in a namespace of its own, and asks podkit for the cause until it
// is the right one; of what is well it must never say anything bad. PODKIT_GALLERY chooses cases by a pattern: log-*
func TestGallery(t *testing.T) {
	lab(t, "the gallery's registries, images and two nodes")
	cases := chosen(t, os.Getenv("PODKIT_GALLERY"))
	rows := make([]gallery.Row, len(cases))
	commands := make(chan struct{}, asking)
	places := make(chan struct{}, atOnce)
	recordings := t.TempDir()
	var wait sync.WaitGroup
	var done atomic.Int32
	for i := range cases {
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			one := trial{
				Case: &cases[i], shell: shell{namespace: "podkit-gallery-" + cases[i].ID, commands: commands},
				file: filepath.Join(recordings, cases[i].ID+".podkit"),
			}
			rows[i] = one.run(t.Context())
			fmt.Fprintf(os.Stderr, "%d of %d: %s %s\n", done.Add(1), len(cases), cases[i].ID, rows[i].Mark())
			// The test's context may be done by now, and the namespace must go.
			if err := one.remove(context.WithoutCancel(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	slices.SortFunc(rows, func(a, b gallery.Row) int { return compareIDs(a.Case, b.Case) })
	if err := gallery.Print(os.Stdout, rows); err != nil {
		t.Fatal(err)
	}
	wrong := slices.DeleteFunc(rows, func(row gallery.Row) bool { return len(row.Differences) == 0 })
	if len(wrong) > 0 {
		t.Errorf("%d of %d cases are wrong; the table says how", len(wrong), len(cases))
	}
}

// chosen loads the cases whose ID matches, those first that take longest.
func chosen(t *testing.T, pattern string) []gallery.Case {
	t.Helper()
	cases, err := gallery.Load(os.DirFS("../../deploy/gallery"))
	if err != nil {
		t.Fatal(err)
	}
	if pattern != "" {
		cases = slices.DeleteFunc(cases, func(c gallery.Case) bool {
			matched, err := path.Match(pattern, c.ID)
			return err != nil || !matched
		})
	}
	if len(cases) == 0 {
		t.Fatalf("no case matches PODKIT_GALLERY=%q", pattern)
	}
	slices.SortStableFunc(cases, func(a, b gallery.Case) int { return int(b.Within - a.Within) })
	return cases
}
