//go:build e2e

package e2e

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/test/gallery"
)

const (
	// steady is how long podkit must keep silent about a Pod that is well, once it looks as its header says.
	steady = 15 * time.Second
	// slow is how many times a case's own bound is waited for, which is that of a machine with nothing else to do.
	slow = 3
)

// trial is one case of the gallery on a real cluster.
type trial struct {
	*gallery.Case
	shell
	answer gallery.Answer
	// file is where the case is recorded.
	file string
	// began is when the case was brought about, and well since when it has been right.
	began, well time.Time
}

func compareIDs(a, b *gallery.Case) int { return cmp.Compare(a.ID, b.ID) }

// run brings the case about, waits until podkit says of it what it should, and measures how it is said.
func (t *trial) run(ctx context.Context) gallery.Row {
	row := gallery.Row{Case: t.Case}
	if err := t.apply(ctx); err != nil {
		row.Differences = []string{err.Error()}
		return row
	}
	if err := t.until(ctx, slow*t.Within, func() error { return t.look(ctx, &row) }); err != nil {
		row.Differences = strings.Split(err.Error(), "\n")
	} else if err := t.record(ctx); err != nil {
		row.Differences = strings.Split(err.Error(), "\n")
	}
	row.Found, row.Verdict = t.answer.Root(), t.answer.Verdict()
	if err := t.measure(ctx, &row); err != nil {
		row.Differences = append(row.Differences, err.Error())
	}
	return row
}

func (t *trial) apply(ctx context.Context) error {
	if _, err := t.kubectl(ctx, "get", "pods", t.ID); err == nil {
		// A killed run has left it, and it may hold up the deletion.
		if err := t.undo(ctx); err != nil {
			return err
		}
	}
	if err := t.home(ctx); err != nil {
		return err
	}
	if _, err := t.kubectl(ctx, "apply", "-f", "../../deploy/gallery/"+t.File); err != nil {
		return err
	}
	t.began = time.Now()
	for _, line := range t.Then {
		if _, err := t.bash(ctx, line); err != nil {
			return err
		}
		t.began = time.Now()
	}
	return nil
}

// look asks podkit once and returns what is not right yet. A false alarm is an error that no later answer mends.
func (t *trial) look(ctx context.Context, row *gallery.Row) error {
	text, err := t.podkit(ctx, "diagnose", "-o", "json")
	if err != nil {
		return err
	}
	if t.answer, err = gallery.Read([]byte(text)); err != nil {
		return err
	}
	if alarms := gallery.Alarms(t.Case, t.answer); len(alarms) > 0 {
		return finalError{fmt.Errorf("%s", strings.Join(alarms, "\n"))}
	}
	if differences := gallery.Check(t.Case, t.answer); len(differences) > 0 {
		return fmt.Errorf("%s", strings.Join(differences, "\n"))
	}
	if row.Shown == 0 {
		row.Shown = time.Since(t.began)
	}
	if t.well.IsZero() {
		if err := t.get(ctx); err != nil {
			return err
		}
		t.well = time.Now()
	}
	if since := time.Since(t.well); t.Well != "" && since < steady {
		return fmt.Errorf("right for %s only", since)
	}
	return nil
}

// record waits until each Pod was found the same once in a recording as live.
func (t *trial) record(ctx context.Context) error {
	var left map[string]string
	return t.until(ctx, slow*t.Within, func() error {
		different, err := t.recordedAsLive(ctx, t.file)
		if err != nil {
			return err
		}
		if left == nil {
			left = different
		}
		maps.DeleteFunc(left, func(name, _ string) bool { return different[name] == "" })
		for name := range left {
			err = errors.Join(err, fmt.Errorf("%s (-live +recorded):\n%s", name, different[name]))
		}
		return err
	})
}

// get compares podkit get with kubectl get just before or just after, since a crash loop may move on between two commands:
// the same STATUS, which is one that the header names, and WHY.
func (t *trial) get(ctx context.Context) error {
	before, err := t.kubectl(ctx, "get", "pods", "--no-headers")
	if err != nil {
		return err
	}
	shown, err := t.podkit(ctx, "get", "pods", "--no-headers")
	if err != nil {
		return err
	}
	after, err := t.kubectl(ctx, "get", "pods", "--no-headers")
	if err != nil {
		return err
	}
	if mine := sorted(shown); !slices.Equal(mine, sorted(before)) && !slices.Equal(mine, sorted(after)) {
		// A crash loop may have passed through a third state just then; a lasting difference ends the wait.
		return fmt.Errorf("kubectl shows %v, then podkit get %v, then kubectl %v", sorted(before), mine, sorted(after))
	}
	if slices.Contains(t.Shows, gallery.None) {
		return nil
	}
	if !slices.ContainsFunc(t.Shows, func(status string) bool { return strings.Contains(shown, " "+status+" ") }) {
		return fmt.Errorf("podkit get shows none of %v: %s", t.Shows, shown)
	}
	if !strings.Contains(shown, t.Why) {
		return fmt.Errorf("podkit get does not say %q: %s", t.Why, shown)
	}
	return nil
}

// sorted returns NAME, READY and STATUS of each Pod.
func sorted(table string) []string {
	rows := columns(table, 3)
	slices.Sort(rows)
	return rows
}

// measure counts the lines until the cause has been said.
func (t *trial) measure(ctx context.Context, row *gallery.Row) error {
	if len(t.answer.Targets) == 0 || t.answer.Targets[0].RootCause == nil {
		return nil
	}
	said, err := t.podkit(ctx, "diagnose")
	if err != nil {
		return err
	}
	described, err := t.kubectl(ctx, "describe", "pods", t.answer.Targets[0].Object.Name)
	if err != nil {
		return err
	}
	root := t.answer.Targets[0].RootCause.Summary
	row.Podkit = gallery.LinesUntil(said, root)
	words := root
	if len(t.Says) > 0 {
		words = t.Says[0]
	}
	row.Describe = gallery.LinesUntil(gallery.WithoutCommands(described), words)
	return nil
}

// remove frees what would hold up the deletion and deletes the namespace, whatever fails before.
func (t *trial) remove(ctx context.Context) error {
	undone := t.undo(ctx)
	_, err := t.kubectl(ctx, "delete", "namespace", t.namespace, "--wait=false", "--ignore-not-found")
	return errors.Join(undone, err)
}

func (t *trial) undo(ctx context.Context) error {
	var failed error
	for _, line := range t.Undo {
		_, err := t.bash(ctx, line)
		failed = errors.Join(failed, err)
	}
	return failed
}
