package demo

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// guided stands for debug: it says what it was asked and what it would read.
func guided(env *environment.Environment) *cobra.Command {
	cmd := &cobra.Command{Use: "debug", RunE: func(cmd *cobra.Command, args []string) error {
		recorded, err := env.Recording()
		if err != nil || recorded == nil {
			return err
		}
		namespace, err := env.Namespace()
		cmd.Printf("%s in %s, yes=%v, wait=%s\n", args, namespace, cmd.Flag("yes").Value, cmd.Flag("pod-running-timeout").Value)
		return err
	}}
	cmd.SetOut(env.Streams.Out)
	cmd.Flags().Bool("yes", false, "")
	cmd.Flags().Duration("pod-running-timeout", 30, "")
	cmd.Flags().String("selector", "", "")
	return cmd
}

func run(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	streams, _, out, errOut := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(name string) string {
		return map[string]string{"PODKIT_LANG": "en"}[name]
	})
	cmd := NewCommand(env, guided)
	cmd.SetArgs(args)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out.String(), errOut.String()
}

// It needs no kubeconfig, begins where the story does, waits for nothing, and says what it is.
func TestDemo(t *testing.T) {
	t.Setenv("KUBECONFIG", filepath.Join(t.TempDir(), "none"))
	out, told := run(t, "--yes")
	if out != "[deploy/web] in shop, yes=true, wait=0s\n" {
		t.Errorf("it ran %q", out)
	}
	for _, words := range []string{"recording", "make demo-lab"} {
		if !strings.Contains(told, words) {
			t.Errorf("%q is not said in %q", words, told)
		}
	}
	if out, _ := run(t, "sts/database"); !strings.HasPrefix(out, "[sts/database] in shop") {
		t.Errorf("it ran %q", out)
	}
}

func TestDemoSaves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.podkit")
	run(t, "--save", path)
	saved, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(saved, shop) {
		t.Errorf("saved %d bytes, %v", len(saved), err)
	}
}

// The recording is small, holds the shop, and not its password.
func TestRecording(t *testing.T) {
	if size := len(shop); size > 200<<10 {
		t.Errorf("it has %d bytes", size)
	}
	recorded, err := recording.Read(t.Context(), bytes.NewReader(shop), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if recorded.Header.Redaction.Mode != "on" || len(recorded.Header.Redaction.Rules) == 0 {
		t.Errorf("redaction: %+v", recorded.Header.Redaction)
	}
	for kind, want := range map[string]int{"pods": 6, "services": 3, "configmaps": 1, "nodes": 1} {
		gvr := schema.GroupVersionResource{Version: "v1", Resource: kind}
		if got := len(recorded.Objects(gvr)); got < want {
			t.Errorf("%d %s, want %d at least", got, kind, want)
		}
	}
	for _, key := range recorded.LogKeys() {
		if tail, _ := recorded.Log(key); strings.Contains(tail.Text, "Wh33lb4rrow") {
			t.Errorf("the log of %s holds the password", key.Container)
		}
	}
}
