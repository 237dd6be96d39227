package findings

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// options are those of a run over two causes and the one for the rest, none of which has words but the last.
func options(t *testing.T, language message.Language, out io.Writer, ids ...string) *Options {
	t.Helper()
	messages, err := message.NewCatalog(language)
	if err != nil {
		t.Fatal(err)
	}
	families := []causes.Family{{Name: "image", Rules: []diagnosis.Rule{{Causes: []diagnosis.Cause{
		{ID: "tank-empty", Severity: diagnosis.Error, Explains: []string{diagnosis.Unexplained, "wheels-still"}},
		{ID: "wheels-still", Severity: diagnosis.Warning},
	}}}}}
	return &Options{IDs: ids, Causes: causes.Entries(families), Messages: messages, Out: out, Terminal: report.Terminal{Width: 80}}
}

func TestList(t *testing.T) {
	want := map[message.Language]string{
		message.English: "unexplained    error      other    No known cause",
		message.Chinese: "unexplained    error      other    原因未知",
	}
	for language, last := range want {
		var out strings.Builder
		if err := options(t, language, &out).Run(); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 4 || lines[0] != "ID             SEVERITY   FAMILY   TITLE" || lines[3] != last {
			t.Errorf("%s: got\n%s", language, out.String())
		}
		if !strings.HasPrefix(lines[1], "tank-empty ") || !strings.HasPrefix(lines[2], "wheels-still   warning    image ") {
			t.Errorf("%s: the order is not that of the list:\n%s", language, out.String())
		}
	}
}

func TestPages(t *testing.T) {
	var out strings.Builder
	if err := options(t, message.Chinese, &out, diagnosis.Unexplained, "tank-empty", diagnosis.Unexplained).Run(); err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(out.String(), "\n\n\n")
	if len(pages) != 2 {
		t.Fatalf("%d pages, want two:\n%s", len(pages), out.String())
	}
	if !strings.HasPrefix(pages[0], "unexplained · error · 其他\n原因未知\n\n含义\n  Pod 或其中") || !strings.HasSuffix(pages[0], "\n它可能源于\n  tank-empty · [finding.tank-empty.title]") {
		t.Errorf("got\n%s", pages[0])
	}
	if !strings.HasPrefix(pages[1], "tank-empty · error · 镜像\n") || !strings.Contains(pages[1], "\n它可能引发\n  unexplained · 原因未知\n  wheels-still") {
		t.Errorf("got\n%s", pages[1])
	}
}

func TestUnknownID(t *testing.T) {
	tests := map[string]string{
		"tank-emty": `there is no finding "tank-emty", the nearest is tank-empty; to see them all: kubectl podkit findings`,
		"zzz":       `there is no finding "zzz"; to see them all: kubectl podkit findings`,
	}
	for id, want := range tests {
		var out strings.Builder
		err := options(t, message.English, &out, "tank-empty", id).Run()
		var told *message.Error
		if !errors.As(err, &told) || told.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
		if out.String() != "" {
			t.Errorf("something was printed before the mistake was told:\n%s", out.String())
		}
	}
}

func TestOutputs(t *testing.T) {
	unmarshals := map[string]func([]byte, any) error{
		"json": func(data []byte, v any) error {
			decoder := json.NewDecoder(bytes.NewReader(data))
			decoder.DisallowUnknownFields()
			return decoder.Decode(v)
		},
		"yaml": func(data []byte, v any) error { return yaml.UnmarshalStrict(data, v) },
	}
	for output, unmarshal := range unmarshals {
		var out bytes.Buffer
		all := options(t, message.English, &out)
		all.Output = output
		if err := all.Run(); err != nil {
			t.Fatal(err)
		}
		var got list
		if err := unmarshal(out.Bytes(), &got); err != nil || got.Kind != "CauseList" || got.APIVersion != "podkit.dev/v1alpha1" || len(got.Items) != 3 {
			t.Errorf("%s: %+v, %v, read from\n%s", output, got, err, out.String())
		}
		out.Reset()
		alone := options(t, message.English, &out, "tank-empty")
		alone.Output = output
		if err := alone.Run(); err != nil {
			t.Fatal(err)
		}
		var one object
		err := unmarshal(out.Bytes(), &one)
		want := report.Explain(&alone.Causes[0], alone.Messages)
		if diff := cmp.Diff(want, one.Explanation); diff != "" || err != nil || one.Kind != "Cause" {
			t.Errorf("%s: kind %q, %v (-want +got)\n%s", output, one.Kind, err, diff)
		}
	}
	var out strings.Builder
	names := options(t, message.English, &out, "wheels-still", "tank-empty")
	names.Output = "name"
	if err := names.Run(); err != nil || out.String() != "wheels-still\ntank-empty\n" {
		t.Errorf("names: %q, %v", out.String(), err)
	}
	names.Output = "xml"
	if err := names.Run(); err == nil || err.Error() != "-o xml is not one of: name, json, yaml" {
		t.Errorf("got %v", err)
	}
}

// command returns the command below a root with podkit's own flags, in an environment without any cluster.
func command(out io.Writer, language string) *cobra.Command {
	env := environment.New(genericiooptions.IOStreams{Out: out, ErrOut: io.Discard}, func(name string) string {
		return map[string]string{"PODKIT_LANG": language, "KUBECONFIG": "/does/not/exist"}[name]
	})
	root := &cobra.Command{Use: "podkit", SilenceErrors: true, SilenceUsage: true}
	root.SetOut(out)
	root.SetErr(io.Discard)
	env.AddFlags(root.PersistentFlags())
	root.AddCommand(NewCommand(env))
	return root
}

// TestScriptsGetEnglish: the environment's language is for people; a script gets another than English when it asks for it.
func TestScriptsGetEnglish(t *testing.T) {
	tests := map[string]string{
		"findings":                                "原因未知",
		"findings unexplained":                    "原因未知",
		"findings unexplained -o yaml":            "title: No known cause",
		"findings unexplained -o json":            `"title": "No known cause"`,
		"findings unexplained -o json --lang zh":  `"title": "原因未知"`,
		"findings unexplained --lang en":          "No known cause",
		"__complete findings unexp":               "unexplained\t原因未知\n:4\n",
		"__complete findings unexplained unexp":   ":4\n",
		"__complete findings --lang en unexplain": "unexplained\tNo known cause\n:4\n",
	}
	for line, want := range tests {
		var out strings.Builder
		root := command(&out, "zh")
		root.SetArgs(strings.Fields(line))
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if strings.HasPrefix(line, "__complete") && out.String() != want || !strings.Contains(out.String(), want) {
			t.Errorf("%s: want %q, got\n%s", line, want, out.String())
		}
	}
}

func TestEveryCauseIsListed(t *testing.T) {
	var out strings.Builder
	root := command(&out, "")
	root.SetArgs([]string{"findings", "-o", "name"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, cause := range diagnosis.Causes(causes.All()) {
		want = append(want, cause.ID)
	}
	if got := strings.Fields(out.String()); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestUnknownLanguage(t *testing.T) {
	for _, line := range []string{"findings --lang fr", "findings --lang fr -o json"} {
		root := command(io.Discard, "")
		root.SetArgs(strings.Fields(line))
		if err := root.ExecuteContext(t.Context()); err == nil || !strings.Contains(err.Error(), `--lang "fr"`) {
			t.Errorf("%s: got %v", line, err)
		}
	}
}
