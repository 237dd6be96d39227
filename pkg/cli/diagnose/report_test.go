package diagnose

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

func TestReportOptions(t *testing.T) {
	o, err := options(t, "--report", "a.md", "--report", "b.html", "-o", "sarif")
	if err != nil || !slices.Equal(o.Publisher.Reports, []string{"a.md", "b.html"}) || o.Format != press.SARIF || o.Printer != nil || o.Names {
		t.Errorf("%+v, %v", o, err)
	}
	if o.Publisher.Redactor == nil {
		t.Error("secrets stay in reports")
	}
	if o, err = options(t, "--redact", "off"); err != nil || o.Publisher.Redactor != nil {
		t.Errorf("--redact off: %v, %v", o.Publisher.Redactor != nil, err)
	}
	if _, err = options(t, "--redact", "some"); err == nil {
		t.Error("--redact some was taken")
	}
	var told *message.Error
	if _, err = options(t, "--report", "a.pdf"); !errors.As(err, &told) || told.ID != "error.report-format" {
		t.Errorf("a.pdf: %v", err)
	}
}

// TestReports: a report is written beside the text, in the same run, and says the same.
func TestReports(t *testing.T) {
	path := filepath.Join(t.TempDir(), "incident.md")
	d := &double{pods: []corev1.Pod{well("a"), pod("c", crashed("app"))}}
	out, _, err := run(t, d, func(o *Options) { o.Publisher.Reports = []string{path} })
	if err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(written), "# Namespace shop\n") || !strings.Contains(string(written), "ORDERS\\_DSN") || !strings.HasPrefix(out, "✗ ") {
		t.Errorf("%v, the report\n%s\nbeside\n%s", err, written, out)
	}
	if _, _, err = run(t, d, func(o *Options) { o.Publisher.Reports = []string{filepath.Join(path, "none.md")} }); err == nil {
		t.Error("a report was written below a file")
	}
}

// TestReportsCostLittle: what a timeline needs is read for the pods with a cause alone, and not twice.
func TestReportsCostLittle(t *testing.T) {
	requests := func(pods []corev1.Pod, reports bool) int {
		d := &double{pods: pods}
		_, _, err := run(t, d, func(o *Options) {
			if reports {
				o.Format = press.HTML
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return len(d.asked)
	}
	if got := requests([]corev1.Pod{well("a"), well("b")}, true); got != 1 {
		t.Errorf("for pods that are well: %d requests", got)
	}
	bad := []corev1.Pod{desperate()}
	if plain, full := requests(bad, false), requests(bad, true); full > plain+4 {
		t.Errorf("%d requests with a report, %d without", full, plain)
	}
}

func TestFormatsOfReports(t *testing.T) {
	for format, want := range map[press.Format]string{press.Markdown: "# pod/c", press.HTML: "<!DOCTYPE html>", press.SARIF: `"version": "2.1.0"`, press.JUnit: "<testsuites "} {
		out, errOut, err := run(t, &double{pods: []corev1.Pod{pod("c", crashed("app"))}}, func(o *Options) { o.Format = format })
		if err != nil || errOut != "" || !strings.Contains(out, want) {
			t.Errorf("%s: %v, %s\n%.300s", format, err, errOut, out)
		}
	}
	if out, errOut, err := run(t, &double{}, func(o *Options) { o.Format = press.HTML }); err != nil || errOut != "" || !strings.Contains(out, "No Pods") {
		t.Errorf("without pods: %v, %s\n%.300s", err, errOut, out)
	}
}

// TestReportsHoldNoSecrets: a value that the pod's own spec names a password is none of a report's, wherever it is repeated.
func TestReportsHoldNoSecrets(t *testing.T) {
	const secret = "tr0ub4dor-Xk9z-71Qw"
	p := pod("c", crashed("app"))
	p.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DB_PASSWORD", Value: secret}}
	p.Status.ContainerStatuses[0].LastTerminationState.Terminated.Message = "cannot log in with " + secret
	for _, format := range press.Formats() {
		for _, on := range []string{"on", "off"} {
			asked, err := options(t, "--redact", on)
			if err != nil {
				t.Fatal(err)
			}
			out, _, err := run(t, &double{pods: []corev1.Pod{p}}, func(o *Options) { o.Format, o.Publisher.Redactor = format, asked.Publisher.Redactor })
			// SARIF has no evidence of symptoms, where this text is.
			told := strings.Contains(strings.ReplaceAll(out, `\`, ""), secret)
			if want := on == "off" && format != press.SARIF; err != nil || told != want {
				t.Errorf("%s, redact %s: told is %v, %v", format, on, told, err)
			}
		}
	}
}
