package cluster

import (
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/test/lab/paths"
	"github.com/kubectl-podkit/podkit/test/lab/process"
	"github.com/kubectl-podkit/podkit/test/lab/progress"
)

func newLab(t *testing.T) *Lab {
	t.Helper()
	return New(paths.Paths{State: t.TempDir(), Cache: "/cache"}, progress.New(io.Discard, time.Now))
}

func specs(t *testing.T, l *Lab) []process.Spec {
	t.Helper()
	d, err := l.draw()
	if err != nil {
		t.Fatal(err)
	}
	all, err := l.specs(d)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPartsAndSpecs keeps what `lab logs` knows and what `lab up` starts the same.
func TestPartsAndSpecs(t *testing.T) {
	l := newLab(t)
	var described []string
	for _, spec := range specs(t, l) {
		described = append(described, spec.Name)
	}
	if diff := cmp.Diff(l.Parts(), described); diff != "" {
		t.Error(diff)
	}
}

// TestDrawingAgainChangesNothing is what makes a second `lab up` restart nothing.
func TestDrawingAgainChangesNothing(t *testing.T) {
	l := newLab(t)
	digests := func() []string {
		var all []string
		for _, spec := range specs(t, l) {
			all = append(all, spec.Digest())
		}
		return all
	}
	first := digests()
	if diff := cmp.Diff(first, digests()); diff != "" {
		t.Error(diff)
	}
	slices.Sort(first)
	if len(slices.Compact(first)) != len(l.Parts()) {
		t.Error("two parts have the same digest")
	}
}

func TestMountPoints(t *testing.T) {
	const mountinfo = `27 1 254:0 / / rw - ext4 /dev/vda rw
50 27 0:50 / /var/lib/podkit-lab/node1/run rw shared:1 - tmpfs tmpfs rw
51 27 0:51 / /var/lib/podkit-lab-other rw - tmpfs tmpfs rw
52 27 0:52 / /var/lib/podkit-lab rw - tmpfs tmpfs rw
`
	want := []string{"/var/lib/podkit-lab/node1/run", "/var/lib/podkit-lab"}
	if diff := cmp.Diff(want, mountPoints(mountinfo, "/var/lib/podkit-lab")); diff != "" {
		t.Error(diff)
	}
}

func TestALabThatIsDown(t *testing.T) {
	l := New(paths.Paths{State: t.TempDir() + "/none"}, progress.New(io.Discard, time.Now))
	if err := l.Status(t.Context(), io.Discard); !errors.Is(err, errDown) {
		t.Errorf("error is %v, want %v", err, errDown)
	}
	if err := l.LoadImages(t.Context(), []string{"x.tar"}); !errors.Is(err, errDown) {
		t.Errorf("error is %v, want %v", err, errDown)
	}
}
