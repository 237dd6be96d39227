package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

const root = "../.."

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// plugin is what the tests want to know of a manifest.
type plugin struct {
	Metadata struct{ Name string }
	Spec     struct {
		Version, Homepage, ShortDescription, Description, Caveats string

		Platforms []struct {
			Selector         struct{ MatchLabels map[string]string }
			URI, Sha256, Bin string
		}
	}
}

func parse(t *testing.T, manifest string) plugin {
	t.Helper()
	var parsed plugin
	if err := yaml.UnmarshalStrict([]byte(manifest), &parsed, yaml.DisallowUnknownFields); err != nil {
		// apiVersion and kind are the only other fields.
		if err := yaml.Unmarshal([]byte(manifest), &parsed); err != nil {
			t.Fatalf("%v in\n%s", err, manifest)
		}
	}
	return parsed
}

// TestIndexIsRenderedFromTheTemplate: this repository as an index of krew (plugins/podkit.yaml) and what krew-release-bot
// sends to krew's own (.krew.yaml) are the same manifest. Versions and checksums are those of plugins/podkit.yaml here;
// the release workflow renders them from a release.
func TestIndexIsRenderedFromTheTemplate(t *testing.T) {
	template, index := read(t, ".krew.yaml"), read(t, "plugins/podkit.yaml")
	parsed := parse(t, index)
	want, err := unreleased(template)
	if parsed.Spec.Version != noVersion {
		sums := map[string]string{}
		for _, platform := range parsed.Spec.Platforms {
			sums[filepath.Base(platform.URI)] = platform.Sha256
		}
		want, err = render(template, parsed.Spec.Version, sums)
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, index); diff != "" {
		t.Errorf("plugins/podkit.yaml is not .krew.yaml rendered, see its first lines (-rendered +file):\n%s", diff)
	}
	if parsed.Spec.Version == noVersion && strings.Count(index, noChecksum) != len(parsed.Spec.Platforms) {
		t.Error("a version that does not exist has checksums")
	}
}

func TestRender(t *testing.T) {
	template := read(t, ".krew.yaml")
	sums := map[string]string{}
	for _, target := range []string{"linux_amd64.tar.gz", "linux_arm64.tar.gz", "darwin_amd64.tar.gz", "darwin_arm64.tar.gz", "windows_amd64.zip", "windows_arm64.zip"} {
		sums["podkit_v1.2.3_"+target] = strings.Repeat("ab", 31) + map[bool]string{true: "01", false: "02"}[strings.Contains(target, "amd64")]
	}
	manifest, err := render(template, "v1.2.3", sums)
	if err != nil {
		t.Fatal(err)
	}
	parsed := parse(t, manifest)
	if parsed.Metadata.Name != "podkit" || parsed.Spec.Version != "v1.2.3" || len(parsed.Spec.Platforms) != 6 {
		t.Errorf("got %+v", parsed)
	}
	for _, platform := range parsed.Spec.Platforms {
		labels := platform.Selector.MatchLabels
		file := "podkit_v1.2.3_" + labels["os"] + "_" + labels["arch"]
		if !strings.HasPrefix(platform.URI, "https://github.com/kubectl-podkit/podkit/releases/download/v1.2.3/"+file+".") {
			t.Errorf("%v comes from %s", labels, platform.URI)
		}
		if platform.Sha256 != sums[filepath.Base(platform.URI)] {
			t.Errorf("%v has the checksum of another file", labels)
		}
		if windows := labels["os"] == "windows"; windows != strings.HasSuffix(platform.Bin, ".exe") || windows != strings.HasSuffix(platform.URI, ".zip") {
			t.Errorf("%v: %s in %s", labels, platform.Bin, platform.URI)
		}
	}
	delete(sums, "podkit_v1.2.3_darwin_arm64.tar.gz")
	if _, err := render(template, "v1.2.3", sums); err == nil || !strings.Contains(err.Error(), "darwin_arm64") {
		t.Errorf("an archive without a checksum: %v", err)
	}
}

// TestTemplateIsWhatTheBotTakes: it puts sha256 four blanks deep wherever its line stands, so uri must stand there, too.
func TestTemplateIsWhatTheBotTakes(t *testing.T) {
	calls := regexp.MustCompile(`(?m)^( *)\{\{ ?addURIAndSha `).FindAllStringSubmatch(read(t, ".krew.yaml"), -1)
	if len(calls) != 6 {
		t.Errorf("%d platforms", len(calls))
	}
	for _, call := range calls {
		if call[1] != "    " {
			t.Errorf("addURIAndSha stands %d blanks deep", len(call[1]))
		}
	}
	// krew's naming guide and index: one short line, and descriptions that fit a terminal.
	parsed := parse(t, read(t, "plugins/podkit.yaml"))
	if length := len(strings.TrimPrefix(parsed.Spec.ShortDescription, "(not released yet) ")); length > 59 {
		t.Errorf("the short description has %d letters", length)
	}
	for line := range strings.Lines(parsed.Spec.Description) {
		if len(line) > 80 {
			t.Errorf("too long for a terminal: %s", line)
		}
	}
}

func TestParseChecksums(t *testing.T) {
	want := map[string]string{"a.tar.gz": "01", "b.zip": "02"}
	if diff := cmp.Diff(want, parseChecksums("01  a.tar.gz\n02  b.zip\n\n")); diff != "" {
		t.Error(diff)
	}
}
