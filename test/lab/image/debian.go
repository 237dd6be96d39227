package image

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Packages are the Debian packages that building the images needs on this
// machine. What goes into the images is no part of it: that is downloaded, never
// installed. Every Debian and Ubuntu has them.
func Packages() []string { return []string{"apt", "dpkg"} }

// need says in one sentence which of the tools are not on PATH.
func need(tools ...string) error {
	var missing []string
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			missing = append(missing, tool)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("%s not found on PATH: on Debian or Ubuntu install the packages %s, and Go from https://go.dev/dl",
		strings.Join(missing, " and "), strings.Join(Packages(), " and "))
}

// archive is Debian's archive as seen by apt in a root of its own. Its dpkg
// status is empty, so resolving a package gives all that it depends on, whatever
// this machine has installed.
type archive struct {
	dir string
}

// openArchive lays the root out under dir and reads the machine's package
// sources anew: stale lists name files that the mirrors have dropped.
func openArchive(ctx context.Context, dir string) (archive, error) {
	if err := need("apt-get", "dpkg-deb"); err != nil {
		return archive{}, err
	}
	a := archive{dir: dir}
	for _, sub := range []string{"state/lists/partial", "cache/partial", "none/partial"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return archive{}, fmt.Errorf("laying out a root for apt: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "status"), nil, 0o644); err != nil {
		return archive{}, fmt.Errorf("laying out a root for apt: %w", err)
	}
	if _, err := a.apt(ctx, "update"); err != nil {
		return archive{}, err
	}
	return a, nil
}

// apt runs apt-get. The options go last on apt's own command line, where they win
// over the machine's configuration while its proxies and sources stay in force.
func (a archive) apt(ctx context.Context, args ...string) ([]byte, error) {
	options := []string{
		"Dir::State=" + filepath.Join(a.dir, "state"),
		"Dir::State::status=" + filepath.Join(a.dir, "status"),
		"Dir::Cache=" + filepath.Join(a.dir, "cache"),
		"Dir::Cache::archives=" + filepath.Join(a.dir, "cache"),
		"APT::Install-Recommends=false",
		// The root lies in the caller's cache, which apt's own user can't enter.
		"APT::Sandbox::User=",
	}
	var line []string
	for _, option := range options {
		line = append(line, "-o", option)
	}
	out, err := run(ctx, "apt-get", append(append(line, "-qq", "-y"), args...)...)
	if err != nil {
		return nil, fmt.Errorf("asking Debian's archive (are this machine's package sources and network in order?): %w", err)
	}
	return out, nil
}

// files names the .deb files of the packages and of all that they depend on,
// sorted.
func (a archive) files(ctx context.Context, packages []string) ([]string, error) {
	// apt leaves out what it has already downloaded: show it an empty cache.
	args := []string{"-o", "Dir::Cache::archives=" + filepath.Join(a.dir, "none"), "install", "--print-uris"}
	out, err := a.apt(ctx, append(args, packages...)...)
	if err != nil {
		return nil, err
	}
	return parseURIs(string(out)), nil
}

// parseURIs reads apt-get --print-uris: 'URI' FILE SIZE HASH a line.
func parseURIs(text string) []string {
	var names []string
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) >= 3 && strings.HasPrefix(fields[0], "'") && strings.HasSuffix(fields[1], ".deb") {
			names = append(names, fields[1])
		}
	}
	slices.Sort(names)
	return names
}

// download gets what the layer's packages need beyond those beneath it and
// returns the files' paths, in the order in which they go into the layer.
func (a archive) download(ctx context.Context, l layer) ([]string, error) {
	all, err := a.files(ctx, append(slices.Clone(l.Beneath), l.Packages...))
	if err != nil {
		return nil, err
	}
	var beneath []string
	if len(l.Beneath) > 0 {
		if beneath, err = a.files(ctx, l.Beneath); err != nil {
			return nil, err
		}
	}
	if _, err := a.apt(ctx, append([]string{"install", "--download-only"}, append(slices.Clone(l.Beneath), l.Packages...)...)...); err != nil {
		return nil, err
	}
	var paths []string
	for _, name := range all {
		if !slices.Contains(beneath, name) {
			paths = append(paths, filepath.Join(a.dir, "cache", name))
		}
	}
	return paths, nil
}

// addPackage streams one .deb into the layer.
func addPackage(ctx context.Context, path string, l *layerWriter) error {
	cmd := exec.CommandContext(ctx, "dpkg-deb", "--fsys-tarfile", path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("opening %q: %w", path, err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("opening %q: %w", path, err)
	}
	readErr := l.Package(out)
	// dpkg-deb must reach its end even when the reader gave up.
	_, drainErr := io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("reading %q: %w: %s", path, err, strings.TrimSpace(stderr.String()))
	}
	return errors.Join(readErr, drainErr)
}

// run runs a tool and puts what it said into the error.
func run(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(stderr.String()))
	}
	return stdout.Bytes(), nil
}
