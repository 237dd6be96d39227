//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/test/gallery"
)

// TestGallery applies every broken pod at once. podkit must show the STATUS that kubectl shows, which must be the one that
// the case's header names, and say why.
func TestGallery(t *testing.T) {
	lab(t, "the gallery's registries, images and two nodes")
	ns := namespace(t, "gallery")
	cases, err := gallery.Load(os.DirFS("../../deploy/gallery"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		kubectl(t, "apply", "-n", ns, "-f", "../../deploy/gallery/"+c.File)
		for _, line := range c.Undo {
			t.Cleanup(func() { shell(t, ns, line) })
		}
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			label := gallery.Label + "=" + c.ID
			bringAbout(t, ns, label, c)
			eventually(t, "podkit to show "+c.ID+" as kubectl does, and why", func() error {
				before := columns(kubectl(t, "get", "pods", "-n", ns, "-l", label, "--no-headers"), 3)
				shown := podkit(t, "get", "pods", "-n", ns, "-l", label, "--no-headers").ok(t)
				after := columns(kubectl(t, "get", "pods", "-n", ns, "-l", label, "--no-headers"), 3)
				slices.Sort(before)
				slices.Sort(after)
				if !slices.Equal(before, after) {
					return waiting("the pods are changing: %v, then %v", before, after)
				}
				mine := columns(shown, 3)
				slices.Sort(mine)
				if !slices.Equal(before, mine) {
					// A crash loop may have passed through another state just then; a lasting difference ends the wait.
					return waiting("kubectl shows %v before and after, podkit %v in between", before, mine)
				}
				if !slices.ContainsFunc(c.Shows, func(status string) bool { return strings.Contains(shown, " "+status+" ") }) {
					return waiting("none of %v in:\n%s", c.Shows, shown)
				}
				if !strings.Contains(shown, c.Why) {
					return waiting("no %q in:\n%s", c.Why, shown)
				}
				return nil
			})
		})
	}
}

// bringAbout does what a case needs beside its manifest, once its pod runs: deletion, say, is another thing before.
func bringAbout(t *testing.T, ns, label string, c gallery.Case) {
	t.Helper()
	if len(c.Then) == 0 {
		return
	}
	eventually(t, "the pod of "+c.ID+" to run", func() error {
		phase := kubectl(t, "get", "pods", "-n", ns, "-l", label, "-o", "jsonpath={.items[*].status.phase}")
		if phase != "Running" {
			return waiting("%q", phase)
		}
		return nil
	})
	for _, line := range c.Then {
		shell(t, ns, line)
	}
}

// shell runs a line of a case's header: a kubectl command without its namespace, with shell quotes.
func shell(t *testing.T, ns, line string) {
	t.Helper()
	command := strings.Replace(line, "kubectl ", "kubectl -n "+ns+" ", 1)
	if out, err := exec.Command("bash", "-c", command).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", command, err, out)
	}
}
