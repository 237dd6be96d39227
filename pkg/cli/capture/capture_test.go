package capture

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/internal/golden"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// shop is the demo's recording, which is captured here as a cluster is.
const shop = "../demo/shop.podkit"

// run runs the command on the shop.
func run(t *testing.T, lang string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	recorded, err := recording.Open(t.Context(), input.Files{}, shop, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	streams, _, out, errOut := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(name string) string {
		return map[string]string{"PODKIT_LANG": lang}[name]
	})
	env.Record(recorded)
	cmd := NewCommand(env)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(t.Context())
	return out.String(), errOut.String(), err
}

func TestCaptureTellsWhatIsInTheFile(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		file := filepath.Join(t.TempDir(), "x.podkit")
		stdout, stderr, err := run(t, lang, "-o", file)
		if err != nil || stderr != "" {
			t.Fatalf("%v, %q", err, stderr)
		}
		written, err := recording.Open(t.Context(), input.Files{}, file, recording.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if written.Header.Namespace != "shop" || written.Header.Redaction.Mode != "on" || len(written.LogKeys()) == 0 {
			t.Errorf("header: %+v", written.Header)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file is %v, %v; it is for its owner alone", info.Mode(), err)
		}
		net := map[string]string{"en": "Redaction is a net and no proof", "zh": "脱敏只是一张网"}[lang]
		for _, words := range []string{net, "pods 6", "kubectl podkit diagnose --recording " + file} {
			if !strings.Contains(stdout, words) {
				t.Errorf("%q is not told in:\n%s", words, stdout)
			}
		}
	}
}

func TestCaptureIsQuiet(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.podkit")
	stdout, stderr, err := run(t, "en", "deploy/cart", "-o", file, "-q", "--allow", "active")
	if err != nil || stdout != "" || stderr != "" {
		t.Errorf("%v, %q, %q", err, stdout, stderr)
	}
}

func TestCaptureRefuses(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "x.podkit")
	patterns := filepath.Join(folder, "patterns.txt")
	if err := os.WriteFile(patterns, []byte("fine\nbad(\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"-o FILE":             {},
		"--redact=maybe":      {"-o", file, "--redact", "maybe"},
		"add --yes":           {"-o", file, "--redact", "off"},
		"contradict":          {"-o", file, "--redact", "off", "--extra-redact", patterns},
		"patterns.txt:2:":     {"-o", file, "--extra-redact", patterns},
		"cannot be read":      {"-o", file, "--extra-redact", file},
		"--allow=all":         {"-o", file, "--allow", "all"},
		"--log-bytes=much":    {"-o", file, "--log-bytes", "much"},
		"--log-lines=0":       {"-o", file, "--log-lines", "0"},
		"cannot be written":   {"-o", filepath.Join(folder, "no", "x.podkit")},
		"no pod matches":      {"-o", file, "-l", "app=nothing"},
		`pod "nobody"`:        {"-o", file, "nobody"},
		`deployment "nobody"`: {"-o", file, "deploy/nobody"},
	} {
		_, _, err := run(t, "en", args...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want one that says %s", args, err, want)
		}
		left, globErr := filepath.Glob(filepath.Join(folder, "*.podkit*"))
		hidden, hiddenErr := filepath.Glob(filepath.Join(folder, ".*"))
		if len(left)+len(hidden) > 0 || globErr != nil || hiddenErr != nil {
			t.Errorf("%q leaves %v %v", args, left, hidden)
		}
	}
}

func TestRedactOffNeedsConsent(t *testing.T) {
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	for answer, want := range map[string]bool{"y\n": true, "yes\n": true, "\n": false, "n\n": false, "": false} {
		var told bytes.Buffer
		o := &Options{Output: "x", Messages: messages, Streams: genericiooptions.IOStreams{In: strings.NewReader(answer), ErrOut: &told}}
		o.Terminal.Interactive = true
		if err := o.consent(t.Context()); (err == nil) != want {
			t.Errorf("%q: %v", answer, err)
		}
		if !strings.Contains(told.String(), "[y/N]") {
			t.Errorf("asked %q", told.String())
		}
	}
}

func TestProgress(t *testing.T) {
	messages, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	now := time.Unix(0, 0)
	o := &Options{Messages: messages, Streams: genericiooptions.IOStreams{ErrOut: &out}, Now: func() time.Time { return now }}
	p := o.progress(&sized{size: 3 << 20})
	for range 3 {
		now = now.Add(3 * time.Second)
		p.step("pods")
	}
	p.end()
	golden.Equal(t, "progress.txt", out.String())
}

// TestScratch: what stands between the two passes is for its owner alone, has no name where that is possible, and is gone in
// the end.
func TestScratch(t *testing.T) {
	folder := t.TempDir()
	s, err := newScratch(filepath.Join(folder, "x.podkit"))
	if err != nil {
		t.Fatal(err)
	}
	info, err := s.file.Stat()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || runtime.GOOS != "windows" && len(left) > 0 {
		t.Errorf("%v has a name while it is open: %v", left, err)
	}
	if _, err := s.Write([]byte("abc")); err != nil || s.size != 3 {
		t.Errorf("%v, %d bytes", err, s.size)
	}
	if _, err := s.Seek(0, io.SeekStart); err != nil {
		t.Error(err)
	}
	if text, err := io.ReadAll(s); err != nil || string(text) != "abc" {
		t.Errorf("%q, %v", text, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v is left: %v", left, err)
	}
}
