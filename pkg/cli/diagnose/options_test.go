package diagnose

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// printer is what -o asks for.
func printer(t *testing.T, format string) printers.ResourcePrinter {
	t.Helper()
	flags := genericclioptions.NewPrintFlags("")
	*flags.OutputFormat = format
	printer, _, err := report.Printer(flags, report.Terminal{Piped: true})
	if err != nil {
		t.Fatal(err)
	}
	return printer
}

// options parses a command line.
func options(t *testing.T, line ...string) (*Options, error) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "kubeconfig")
	text := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, namespace: shop}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]}`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", config)
	variables := map[string]string{"LANG": "zh_CN.UTF-8", "KUBECTL_PATH": "/opt/bin/kubectl-1.36"}
	env := environment.New(genericiooptions.NewTestIOStreamsDiscard(), func(name string) string { return variables[name] })
	flags := &Flags{Print: genericclioptions.NewPrintFlags("")}
	cmd := NewCommand(env)
	cmd.ResetFlags()
	flags.AddFlags(cmd)
	env.AddFlags(cmd.Flags())
	if err := cmd.ParseFlags(line); err != nil {
		t.Fatal(err)
	}
	return flags.ToOptions(env, cmd.Flags().Args())
}

func TestToOptions(t *testing.T) {
	o, err := options(t, "web-0", "deploy/web")
	if err != nil {
		t.Fatal(err)
	}
	if o.Spec.Namespace != "shop" || len(o.Spec.Names) != 2 || o.Printer != nil || o.Names || o.Verbose || o.Stats || o.FailOn != 0 || o.Cluster == nil {
		t.Errorf("got %+v", o)
	}
	if o.Messages.Language() != message.Chinese || o.ForScripts.Language() != message.English || o.Kubectl != "kubectl-1.36" {
		t.Errorf("languages %s and %s, kubectl %s", o.Messages.Language(), o.ForScripts.Language(), o.Kubectl)
	}
	o, err = options(t, "-A", "-l", "app=web", "-v", "--stats", "--fail-on=warning", "-o", "json", "--lang", "zh")
	if err != nil {
		t.Fatal(err)
	}
	if o.Spec.Namespace != "" || o.Spec.Labels != "app=web" || !o.Verbose || !o.Stats || o.FailOn != diagnosis.Warning || o.Printer == nil {
		t.Errorf("got %+v", o)
	}
	if o.ForScripts.Language() != message.Chinese {
		t.Error("--lang does not reach the document")
	}
	if o, err = options(t, "-o", "name"); err != nil || !o.Names || o.Printer != nil {
		t.Errorf("-o name: %+v, %v", o, err)
	}
	if o, err = options(t, "-o", "wide", "--fail-on", "error"); err != nil || !o.Verbose || o.Printer != nil || o.FailOn != diagnosis.Error {
		t.Errorf("-o wide: %+v, %v", o, err)
	}
}

func TestRefusedOptions(t *testing.T) {
	for id, line := range map[string][]string{
		"error.fail-on": {"--fail-on", "info"},
		"error.printer": {"-o", "frob"},
	} {
		var told *message.Error
		if _, err := options(t, line...); !errors.As(err, &told) || told.ID != id {
			t.Errorf("%v: got %v, want %s", line, err, id)
		}
	}
	if _, err := options(t, "--lang", "fr"); err == nil {
		t.Error("--lang fr was taken")
	}
	if _, err := options(t, "deploy/"); err == nil {
		t.Error("deploy/ was taken")
	}
}
