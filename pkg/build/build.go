// Package build says which build of podkit this is. Its variables are set by the linker and read by nobody but the
// version command; see the Makefile and .goreleaser.yaml.
package build

import (
	"runtime/debug"
	"strings"
)

// version and commit are set with -ldflags -X.
var version, commit string

// Info is a build.
type Info struct {
	// Version is a semantic version with a leading v; a build that was not released has a suffix.
	Version string `json:"version"`
	// Commit is the git commit, when known.
	Commit string `json:"commit,omitempty"`
	// Go is the toolchain, for example go1.26.8.
	Go string `json:"go"`
}

// Current returns the running build. `go install` sets no linker variables, but the module's version is in the binary.
func Current() Info {
	info := Info{Version: version, Commit: commit}
	module, ok := debug.ReadBuildInfo()
	if !ok {
		return info
	}
	info.Go = module.GoVersion
	if info.Version == "" {
		info.Version = module.Main.Version
	}
	return info
}

// Kubernetes returns the version of Kubernetes that the client libraries in this build are of, for example v1.37.2: theirs
// is v0.37.2 (k8s.io/client-go's README, "Versioning"). It is empty when the build does not tell.
func Kubernetes() string {
	module, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, dependency := range module.Deps {
		if minor, found := strings.CutPrefix(dependency.Version, "v0."); found && dependency.Path == "k8s.io/client-go" {
			return "v1." + minor
		}
	}
	return ""
}
