//go:build e2e

package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// typed matches the blocks of shell commands in a page; those with the reason of a comment before them are not run.
var typed = regexp.MustCompile("(?ms)(^<!-- not run: [^\n]*? -->\n+)?^```sh\n(.*?)^```$")

// TestTutorialPages types the commands of both tutorials in their order, in one shell, as a reader does, and fails at the
// first that fails. The pages are read side by side, so that one has a namespace and a port that the other has not.
func TestTutorialPages(t *testing.T) {
	t.Parallel()
	lab(t, "the tutorial's images")
	for page, test := range map[string]struct {
		namespace, port string
		want            []string
	}{
		"tutorial.en.md": {"tutorial", "8001", []string{"configmap-missing, certain", "pod/configmap-missing is healthy"}},
		"tutorial.zh.md": {"tutorial-zh", "8002", []string{"configmap-missing，确定", "读取自", "含义"}},
	} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile("../../docs/" + page)
			if err != nil {
				t.Fatal(err)
			}
			script := "set -euo pipefail\ncd ../..\n"
			count := 0
			for _, block := range typed.FindAllStringSubmatch(string(text), -1) {
				if block[1] == "" {
					script += block[2]
					count++
				}
			}
			if count < 12 {
				t.Fatalf("found %d blocks to run only: the search is broken", count)
			}
			script = strings.NewReplacer("tutorial", test.namespace, "8001", test.port).Replace(script)
			kubectl(t, "delete", "namespace", test.namespace, "--ignore-not-found", "--timeout="+patience.String())
			t.Cleanup(func() {
				// The test's context is done by now, and the page has deleted it if it went well.
				if out, err := exec.Command("kubectl", "delete", "namespace", test.namespace, "--ignore-not-found", "--wait=false").CombinedOutput(); err != nil {
					t.Errorf("deleting namespace %s: %v: %s", test.namespace, err, out)
				}
			})
			config := filepath.Join(t.TempDir(), "kubeconfig")
			if err := os.WriteFile(config, []byte(kubectl(t, "config", "view", "--raw", "--flatten")), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
			defer cancel()
			shell := exec.CommandContext(ctx, "bash", "-c", script)
			shell.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PODKIT_LANG=", "KUBECONFIG="+config)
			printed, err := shell.CombinedOutput()
			if err != nil {
				t.Fatalf("%v after:\n%s", err, printed)
			}
			out := string(printed)
			contains(t, page, out, append(test.want, "Hello Kubernetes bootcamp! | Running on: bootcamp-", "written by feeder", "HOSTNAME=bootcamp-")...)
			if strings.Count(out, "Hello Kubernetes bootcamp!") != 3 {
				t.Errorf("the app was to answer three times:\n%s", out)
			}
		})
	}
}
