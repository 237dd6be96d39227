package diffrecordings

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/difference"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// run compares snapshots that differ in an image, unless both paths are the same; change alters what is asked for.
func run(t *testing.T, before, after string, change func(*Options)) (string, error) {
	t.Helper()
	english, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	options := &Options{Before: before, After: after, Messages: english, Out: &out, Open: func(_ context.Context, path string) (difference.Snapshot, error) {
		if path == "missing" {
			return difference.Snapshot{}, errors.New("no such file")
		}
		object := unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "apps/v1", "kind": "Deployment", "metadata": map[string]any{"namespace": "shop", "name": "web"},
			"spec": map[string]any{"image": path},
		}}
		return difference.Snapshot{
			Name: path, TakenAt: time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC), Objects: []unstructured.Unstructured{object},
			Covers: func(metav1.TypeMeta, string) bool { return true }, Found: &diagnosis.Diagnosis{},
		}, nil
	}}
	if change != nil {
		change(options)
	}
	err = options.Run(t.Context())
	return out.String(), err
}

func TestText(t *testing.T) {
	out, err := run(t, "a", "b", nil)
	if want := "  ~ deployment/web -n shop\n      spec.image\n        - \"a\"\n        + \"b\"\n"; err != nil || !strings.Contains(out, want) {
		t.Errorf("%v, printing\n%s", err, out)
	}
	if out, err = run(t, "a", "a", nil); err != nil || !strings.Contains(out, "Nothing changed") {
		t.Errorf("%v, printing\n%s", err, out)
	}
}

func TestExitCode(t *testing.T) {
	asked := func(o *Options) { o.ExitCode = true }
	var status interface{ ExitStatus() int }
	if out, err := run(t, "a", "b", asked); !errors.As(err, &status) || status.ExitStatus() != 3 || out == "" {
		t.Errorf("with differences: %v", err)
	}
	if _, err := run(t, "a", "a", asked); err != nil {
		t.Errorf("without: %v", err)
	}
	for _, paths := range [][2]string{{"missing", "a"}, {"a", "missing"}} {
		if out, err := run(t, paths[0], paths[1], asked); err == nil || errors.As(err, &status) || out != "" {
			t.Errorf("%v: %v, printing %q", paths, err, out)
		}
	}
}

func TestDocument(t *testing.T) {
	flags := genericclioptions.NewPrintFlags("")
	*flags.OutputFormat = "json"
	printer, err := flags.ToPrinter()
	if err != nil {
		t.Fatal(err)
	}
	out, err := run(t, "a", "b", func(o *Options) { o.Printer = printer })
	var d difference.Difference
	if err != nil || json.Unmarshal([]byte(out), &d) != nil || d.Kind != "Difference" || len(d.Objects) != 1 || *d.Objects[0].Fields[0].After != `"b"` {
		t.Errorf("%v\n%s", err, out)
	}
	for _, list := range []string{`"verdicts": []`, `"findings": []`, `"notCompared": []`} {
		if !strings.Contains(out, list) {
			t.Errorf("no %s in\n%s", list, out)
		}
	}
}
