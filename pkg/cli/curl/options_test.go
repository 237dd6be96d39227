package curl

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

// parse reads a command line's flags.
func parse(t *testing.T, line ...string) *Flags {
	t.Helper()
	flags, set := &Flags{}, pflag.NewFlagSet("curl", pflag.ContinueOnError)
	flags.AddFlags(set)
	if err := set.Parse(line); err != nil {
		t.Fatal(err)
	}
	return flags
}

func TestFlags(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(file, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const form = "application/x-www-form-urlencoded"
	tests := map[string]struct {
		line   []string
		method string
		header http.Header
		body   string
	}{
		"nothing":      {nil, "GET", http.Header{}, ""},
		"data":         {[]string{"-d", "a=b", "-d", "c=d"}, "POST", http.Header{"Content-Type": {form}}, "a=b&c=d"},
		"data, put":    {[]string{"-X", "PUT", "-d", "x"}, "PUT", http.Header{"Content-Type": {form}}, "x"},
		"data of type": {[]string{"-d", "{}", "-H", "content-type: application/json"}, "POST", http.Header{"Content-Type": {"application/json"}}, "{}"},
		"a file":       {[]string{"-d", "@" + file}, "POST", http.Header{"Content-Type": {form}}, "from a file\n"},
		"input":        {[]string{"-d", "@-"}, "POST", http.Header{"Content-Type": {form}}, "from stdin"},
		"head":         {[]string{"-I"}, "HEAD", http.Header{}, ""},
		"headers":      {[]string{"-H", "Accept: text/plain", "-H", "X-A:1", "-H", "X-A: 2"}, "GET", http.Header{"Accept": {"text/plain"}, "X-A": {"1", "2"}}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			flags := parse(t, test.line...)
			header, err := flags.header()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.header, header); diff != "" {
				t.Errorf("header (-want +got):\n%s", diff)
			}
			if got := flags.method(); got != test.method {
				t.Errorf("method %s, want %s", got, test.method)
			}
			body, err := flags.body(given("from stdin"))
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, body); got != test.body {
				t.Errorf("body %q, want %q", got, test.body)
			}
		})
	}
}

// given is an environment with a standard input.
func given(input string) *environment.Environment {
	return environment.New(genericiooptions.IOStreams{In: strings.NewReader(input)}, func(string) string { return "" })
}

func readAll(t *testing.T, body io.Reader) string {
	t.Helper()
	if body == nil {
		return ""
	}
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestHeadersThatCannotReachTheApp(t *testing.T) {
	for _, header := range []string{"no colon", ": x", "authorization: Bearer x", "Impersonate-User: root", "impersonate-extra-x: y"} {
		if _, err := parse(t, "-H", header).header(); err == nil {
			t.Errorf("-H %q was accepted", header)
		}
	}
	if _, err := parse(t, "-d", "@/nonexistent").body(given("")); err == nil {
		t.Error("a file that is not there was accepted")
	}
}
