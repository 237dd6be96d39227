package report_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

func TestSummaryAndTimeline(t *testing.T) {
	tests := map[string]struct {
		reader   surroundings
		language message.Language
		terminal report.Terminal
	}{
		"en":      {surroundings{}, message.English, report.Terminal{}},
		"zh":      {surroundings{}, message.Chinese, report.Terminal{}},
		"color":   {surroundings{}, message.English, report.Terminal{Color: true}},
		"refused": {surroundings{refused: errRefused}, message.English, report.Terminal{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := page(t, test.reader, test.language, test.terminal)
			golden.Equal(t, "page/"+name+".txt", got)
			if at := strings.IndexFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); at >= 0 && !test.terminal.Color {
				t.Errorf("a control character reached the page: %q", got[at:min(at+40, len(got))])
			}
		})
	}
}

func TestColourIsAllThatColourAdds(t *testing.T) {
	plain := page(t, surroundings{}, message.English, report.Terminal{})
	coloured := page(t, surroundings{}, message.English, report.Terminal{Color: true})
	without := strings.NewReplacer("\x1b[1m", "", "\x1b[m", "", "\x1b[0m", "").Replace(coloured)
	if coloured == plain || without != plain {
		t.Errorf("with colours taken away the page reads\n%s\nwithout them\n%s", without, plain)
	}
}

func TestFactsStandInOneColumn(t *testing.T) {
	var out strings.Builder
	page := report.NewPage(&out, catalog(t, message.Chinese), report.Terminal{})
	page.Fact("Why", "one\ntwo\n\n")
	page.Fact("原因", "一")
	page.Fact("a-label-that-is-too-long", "x")
	want := "  Why           one\n                two\n  原因          一\n  a-label-that-is-too-long x\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestPageTellsItsFirstError(t *testing.T) {
	file := casefile.Open(t.Context(), surroundings{}, pods(t), now)
	page := report.NewPage(broken{}, catalog(t, message.English), report.Terminal{})
	page.Summary(file, &file.Pods[0])
	page.Timeline(file, &file.Pods[0])
	if !errors.Is(page.Err(), errBroken) {
		t.Errorf("got %v, want the writer's error", page.Err())
	}
}

// TestEndsInWords: what an exit code means is told when Kubernetes or POSIX gives it a meaning, and never guessed.
func TestEndsInWords(t *testing.T) {
	tests := map[string]corev1.ContainerStateTerminated{
		"the kernel's OOM killer ended it: it reached its memory limit or": {Reason: "OOMKilled", ExitCode: 137},
		"the status does not call it OOM":                                  {Reason: "Error", ExitCode: 137},
		"SIGTERM, the polite request":                                      {Reason: "Error", ExitCode: 143},
		"SIGSEGV":                                                          {ExitCode: 139},
		"SIGABRT":                                                          {ExitCode: 134},
		"126 is a shell's word":                                            {ExitCode: 126},
		"127 is a shell's word":                                            {ExitCode: 127},
		"":                                                                 {Reason: "Error", ExitCode: 1},
	}
	for want, died := range tests {
		pod := pods(t)[0]
		pod.Status.ContainerStatuses[0].LastTerminationState.Terminated = &died
		file := casefile.Open(t.Context(), surroundings{}, []corev1.Pod{pod}, now)
		var out strings.Builder
		report.NewPage(&out, catalog(t, message.English), report.Terminal{}).Summary(file, &file.Pods[0])
		_, told, found := strings.Cut(out.String(), "last run ended")
		if !found || !strings.Contains(told, want) || want == "" && strings.Count(told, "\n") != 1 {
			t.Errorf("exit %d %s: want %q after the end, got\n%s", died.ExitCode, died.Reason, want, out.String())
		}
	}
}
