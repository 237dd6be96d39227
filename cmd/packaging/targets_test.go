package main

import (
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// goreleaser is what the tests want to know of .goreleaser.yaml.
type goreleaser struct {
	Version  int
	Builds   []struct{ Targets, Flags, Env []string }
	Archives []struct {
		Name  string `json:"name_template"`
		Files []struct{ Src string }
	}
}

func TestTargets(t *testing.T) {
	config := read(t, ".goreleaser.yaml")
	some, err := withTargets([]byte(config), []string{"linux/arm64", "windows/amd64"})
	if err != nil {
		t.Fatal(err)
	}
	var all, few goreleaser
	if err := yaml.Unmarshal([]byte(config), &all); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(some, &few); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(few.Builds[0].Targets, " "); got != "linux_arm64 windows_amd64" {
		t.Errorf("got %s", got)
	}
	if few.Archives[0].Name != all.Archives[0].Name || len(few.Archives[0].Files) != len(all.Archives[0].Files) || few.Version != 2 {
		t.Errorf("more than the targets has changed: %+v", few)
	}
	for _, wanted := range [][]string{nil, {"plan9/amd64"}} {
		if _, err := withTargets([]byte(config), wanted); err == nil {
			t.Errorf("%v was taken", wanted)
		}
	}
}

// TestEveryTargetIsInTheKrewManifest: what is built can be installed, and nothing else is promised.
func TestEveryTargetIsInTheKrewManifest(t *testing.T) {
	var config goreleaser
	if err := yaml.Unmarshal([]byte(read(t, ".goreleaser.yaml")), &config); err != nil {
		t.Fatal(err)
	}
	var promised []string
	for _, platform := range parse(t, read(t, "plugins/podkit.yaml")).Spec.Platforms {
		promised = append(promised, platform.Selector.MatchLabels["os"]+"_"+platform.Selector.MatchLabels["arch"])
	}
	if built := config.Builds[0].Targets; strings.Join(built, " ") != strings.Join(promised, " ") {
		t.Errorf("built: %v; in the manifest: %v", built, promised)
	}
}
