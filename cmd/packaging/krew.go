package main

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"text/template"
)

// header stands above a rendered manifest.
const header = "# Rendered from .krew.yaml and the checksums of a release: go run ./cmd/packaging krew -tag TAG -checksums FILE\n"

// unreleasedHeader stands above the manifest of a plugin that has no release yet.
const unreleasedHeader = `# There is no release yet. This is .krew.yaml with version v0.0.0 and checksums of nothing: its archives do not exist, and
# krew refuses to install it. The release workflow puts the manifest of the first release in its place.
# Rendered by: go run ./cmd/packaging krew
`

const (
	noVersion = "v0.0.0"
	// noChecksum is the sum of an empty file. (The bot does not quote sums, and one of digits alone would be a number.)
	noChecksum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

// render does with .krew.yaml what krew-release-bot does (pkg/source/template.go), with checksums that are known instead
// of archives that are downloaded: sums are the SHA-256 sums by file name.
func render(text, tag string, sums map[string]string) (string, error) {
	manifest, err := execute(text, tag, func(file string) (string, error) {
		sum, ok := sums[file]
		if !ok {
			return "", fmt.Errorf("%s is not among the checksums of the release", file)
		}
		return sum, nil
	})
	return header + manifest, err
}

// unreleased is the manifest before the first release. Users of `kubectl krew search` and `info` read the same as those
// of the header.
func unreleased(text string) (string, error) {
	manifest, err := execute(text, noVersion, func(string) (string, error) { return noChecksum, nil })
	manifest = strings.Replace(manifest, "  shortDescription: ", "  shortDescription: (not released yet) ", 1)
	return unreleasedHeader + manifest, err
}

// execute renders the template; sum finds the checksum of a file of the release.
func execute(text, tag string, sum func(file string) (string, error)) (string, error) {
	release := struct{ TagName string }{tag}
	parsed, err := template.New("krew").Funcs(template.FuncMap{
		"addURIAndSha": func(url, _ string) (string, error) {
			uri, err := expand(url, release)
			if err != nil {
				return "", err
			}
			checksum, err := sum(path.Base(uri))
			// The bot indents by four blanks, wherever the line stands.
			return "uri: " + uri + "\n    sha256: " + checksum, err
		},
	}).Parse(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, release); err != nil {
		return "", err
	}
	return out.String(), nil
}

// expand renders a URL, which is a template of its own.
func expand(url string, release any) (string, error) {
	parsed, err := template.New("url").Parse(url)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = parsed.Execute(&out, release)
	return out.String(), err
}

// parseChecksums reads a file as sha256sum writes it: sum, two blanks, file name.
func parseChecksums(text string) map[string]string {
	sums := map[string]string{}
	for line := range strings.Lines(text) {
		if sum, file, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			sums[file] = sum
		}
	}
	return sums
}
