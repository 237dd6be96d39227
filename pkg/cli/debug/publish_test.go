package debug

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/cli/publication"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

func TestReportOptions(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	tests := map[string]struct {
		args     []string
		reports  []string
		redacted bool
		refused  string
	}{
		"none":                    {redacted: true},
		"several":                 {args: []string{"--report", in("a.md"), "--report", in("b.html")}, reports: []string{in("a.md"), in("b.html")}, redacted: true},
		"as it is":                {args: []string{"--report", in("a.xml"), "--redact", "off"}, reports: []string{in("a.xml")}},
		"beside a record":         {args: []string{"--report", in("a.md"), "--record", in("b.md")}, reports: []string{in("a.md")}, redacted: true},
		"in place of the record":  {args: []string{"--report", folder + "/./a.md", "--record", in("a.md")}, refused: "debug.report-record"},
		"no format":               {args: []string{"--report", in("a.pdf")}, refused: "error.report-format"},
		"a folder that is not":    {args: []string{"--report", in("none/a.md")}, refused: "error.report-write"},
		"half a redaction":        {args: []string{"--redact", "some"}, refused: "capture.redact"},
		"one good and one is bad": {args: []string{"--report", in("a.md"), "--report", in("a")}, refused: "error.report-format"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o, err := parse(t, test.args...)
			if test.refused != "" {
				var told *message.Error
				if !errors.As(err, &told) || told.ID != test.refused {
					t.Errorf("error %v, want %s", err, test.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(o.Publisher.Reports, test.reports) || (o.Publisher.Redactor != nil) != test.redacted {
				t.Errorf("%+v", o.Publisher)
			}
		})
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("the check left %v, %v", left, err)
	}
}

// TestReports: at its end a run writes what it found, without the secrets that the transcript's reader may see.
func TestReports(t *testing.T) {
	const secret = "tr0ub4dor-Xk9z-71Qw"
	for _, redact := range []string{"on", "off"} {
		asked, err := parse(t, "--redact", redact)
		if err != nil {
			t.Fatal(err)
		}
		cluster, pods := crashing()
		pod := &cluster.looks[0][0]
		pod.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DB_PASSWORD", Value: secret}}
		pod.Status.ContainerStatuses[0].LastTerminationState.Terminated.Message = "cannot log in with " + secret
		o, out, _ := options(t, message.English, cluster, pods)
		folder := t.TempDir()
		markdown, page := filepath.Join(folder, "incident.md"), filepath.Join(folder, "incident.html")
		o.Publisher = publication.Publisher{
			Reports: []string{markdown, page}, Redactor: asked.Publisher.Redactor, Messages: o.Messages, ForScripts: o.Messages, Kubectl: "kubectl",
		}
		if err := o.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "CrashLoopBackOff") {
			t.Errorf("the transcript is not what it was:\n%s", out)
		}
		for path, start := range map[string]string{markdown: "# Namespace default", page: "<!DOCTYPE html>"} {
			written, err := os.ReadFile(path)
			text := string(written)
			if err != nil || !strings.HasPrefix(text, start) || !strings.Contains(text, "bootcamp-5d4f-x7k2p") || !strings.Contains(text, "Back-off restarting") {
				t.Errorf("%s: %v\n%.600s", path, err, text)
			}
			if told := strings.Contains(strings.ReplaceAll(text, `\`, ""), secret); told != (redact == "off") {
				t.Errorf("%s with --redact=%s: the secret is told: %v", path, redact, told)
			}
		}
	}
}

// TestNoReportOfAnInterruptedRun: what was found up to an interruption is not published as the end.
func TestNoReportOfAnInterruptedRun(t *testing.T) {
	cluster, pods := crashing()
	o, _, _ := options(t, message.English, cluster, pods)
	path := filepath.Join(t.TempDir(), "incident.md")
	o.Publisher = publication.Publisher{Reports: []string{path}, Messages: o.Messages, ForScripts: o.Messages, Kubectl: "kubectl"}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a report was written: %v", err)
	}
}
