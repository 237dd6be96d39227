package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// withTargets returns goreleaser's configuration for some of its targets, named OS/ARCH. The rehearsal of a release on a
// slow machine need not build for all of them; goreleaser itself takes all or the machine's own.
func withTargets(config []byte, wanted []string) ([]byte, error) {
	var document map[string]any
	if err := yaml.Unmarshal(config, &document); err != nil {
		return nil, err
	}
	builds, _ := document["builds"].([]any)
	if len(builds) != 1 {
		return nil, errors.New("the configuration has not exactly one build")
	}
	build, _ := builds[0].(map[string]any)
	all, _ := build["targets"].([]any)
	var targets []any
	for _, name := range wanted {
		target := strings.ReplaceAll(name, "/", "_")
		if !slices.Contains(all, any(target)) {
			return nil, fmt.Errorf("%s is no target of the release; there are %v", name, all)
		}
		targets = append(targets, target)
	}
	if len(targets) == 0 {
		return nil, fmt.Errorf("name some targets; there are %v", all)
	}
	build["targets"] = targets
	return yaml.Marshal(document)
}
