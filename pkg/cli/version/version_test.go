package version

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8s.io/cli-runtime/pkg/genericiooptions"
	"sigs.k8s.io/yaml"

	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	recordingserver "github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// run executes the command against a server; with none, the connection is refused.
func run(t *testing.T, server http.Handler, line string) (out string, err error) {
	t.Helper()
	backend := httptest.NewServer(server)
	address := backend.URL
	if server == nil {
		backend.Close()
	} else {
		t.Cleanup(backend.Close)
	}
	path := filepath.Join(t.TempDir(), "kubeconfig")
	config := `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "` + address + `"}}]}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("KUBECONFIG", path)
	var stdout bytes.Buffer
	env := environment.New(genericiooptions.IOStreams{Out: &stdout, ErrOut: io.Discard}, func(string) string { return "" })
	cmd := NewCommand(env)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(strings.Fields(line))
	err = cmd.ExecuteContext(t.Context())
	return stdout.String(), err
}

// v136 is a server that tells its version and refuses to be asked anything else.
func v136(t *testing.T) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/version" {
			t.Errorf("unexpected request for %s", r.URL.Path)
		}
		w.Header().Set("Content-Type", "application/json") // As an API server does.
		_, _ = io.WriteString(w, `{"gitVersion": "v1.36.3"}`)
	})
}

func TestVersion(t *testing.T) {
	client := build.Current()
	out, err := run(t, v136(t), "")
	if want := "Client Version: " + client.Version + "\nServer Version: v1.36.3\n"; out != want || err != nil {
		t.Errorf("got %q, %v; want %q", out, err, want)
	}
	unmarshals := map[string]func([]byte, any) error{
		"json": json.Unmarshal, "yaml": func(data []byte, v any) error { return yaml.UnmarshalStrict(data, v) },
	}
	for format, unmarshal := range unmarshals {
		out, err := run(t, v136(t), "-o "+format)
		if err != nil {
			t.Fatal(err)
		}
		var got versions
		if err := unmarshal([]byte(out), &got); err != nil || got.Server != "v1.36.3" || got.Client != client {
			t.Errorf("-o %s: %q is read as %+v, %v", format, out, got, err)
		}
	}
}

func TestClientAloneAsksNoServer(t *testing.T) {
	asked := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s", r.URL) })
	out, err := run(t, asked, "--client")
	if want := "Client Version: " + build.Current().Version + "\n"; out != want || err != nil {
		t.Errorf("got %q, %v; want %q", out, err, want)
	}
	out, err = run(t, asked, "--client -o yaml")
	if err != nil || strings.Contains(out, "serverVersion") || !strings.HasPrefix(out, "clientVersion:\n") {
		t.Errorf("got %q, %v", out, err)
	}
}

func TestServerThatIsNotThereCostsItsLineOnly(t *testing.T) {
	out, err := run(t, nil, "")
	if want := "Client Version: " + build.Current().Version + "\n"; out != want {
		t.Errorf("got %q, want %q", out, want)
	}
	if told := idOf(err); told != "error.unreachable" {
		t.Errorf("got %v, want error.unreachable", err)
	}
}

// TestVersionThatIsNotRecorded: a file of objects does not tell the version of its server.
func TestVersionThatIsNotRecorded(t *testing.T) {
	plain := `{"kind":"PodList","apiVersion":"v1","items":[]}`
	r, err := recording.ReadPlain(t.Context(), strings.NewReader(plain), time.Now(), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	// Served, as replay does, and in process.
	out, err := run(t, recordingserver.Handler(r), "")
	if want := "Client Version: " + build.Current().Version + "\nServer Version: unknown\n"; out != want || err != nil {
		t.Errorf("got %q, %v; want %q", out, err, want)
	}
	streams, _, recorded, _ := genericiooptions.NewTestIOStreams()
	env := environment.New(streams, func(string) string { return "" })
	env.Record(r)
	cmd := NewCommand(env)
	cmd.SetArgs([]string{"-o", "json"})
	if err := cmd.ExecuteContext(t.Context()); err != nil || !strings.Contains(recorded.String(), `"serverVersion": "unknown"`) {
		t.Errorf("got %v, %s", err, recorded)
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := run(t, v136(t), "-o xml"); idOf(err) != "error.output" || err.Error() != "-o xml is not one of: json, yaml" {
		t.Errorf("got %v", err)
	}
}

func idOf(err error) string {
	var told *message.Error
	if !errors.As(err, &told) {
		return ""
	}
	return told.ID
}
