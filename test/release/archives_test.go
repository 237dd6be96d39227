//go:build release

package release

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"debug/elf"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestArchives(t *testing.T) {
	_, current := releases(t)
	for _, target := range strings.Fields(os.Getenv("PODKIT_TARGETS")) {
		t.Run(target, func(t *testing.T) {
			binary := "kubectl-podkit"
			if strings.HasPrefix(target, "windows/") {
				binary += ".exe"
			}
			files := unpack(t, current.archive(target))
			var names []string
			for name := range files {
				names = append(names, name)
			}
			slices.Sort(names)
			if diff := cmp.Diff([]string{"LICENSE", binary, "kubectl_complete-podkit"}, names); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if strings.HasPrefix(target, "linux/") {
				isStatic(t, files[binary])
			}
			sbom := filepath.Join(current.dist, "podkit_"+current.version+"_"+strings.ReplaceAll(target, "/", "_")+".sbom.json")
			tellsModules(t, sbom)
		})
	}
}

// unpack returns the files of an archive.
func unpack(t *testing.T, path string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	keep := func(name string, r io.Reader, err error) {
		if err != nil {
			t.Fatal(err)
		}
		if files[name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if strings.HasSuffix(path, ".zip") {
		archive, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		for _, file := range archive.File {
			r, err := file.Open()
			keep(file.Name, r, err)
		}
		return files
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		keep(header.Name, archive, nil)
	}
}

// isStatic refuses a binary that needs an interpreter or shared libraries.
func isStatic(t *testing.T, binary []byte) {
	t.Helper()
	file, err := elf.NewFile(strings.NewReader(string(binary)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range file.Progs {
		if part.Type == elf.PT_INTERP || part.Type == elf.PT_DYNAMIC {
			t.Errorf("it is linked dynamically: %s", part.Type)
		}
	}
}

// tellsModules checks that a bill of materials names podkit and what it is made of.
func tellsModules(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var bill struct {
		BOMFormat string `json:"bomFormat"`
		Metadata  struct{ Component struct{ Name string } }

		Components []struct{ Name string }
	}
	if err := json.Unmarshal(data, &bill); err != nil {
		t.Fatal(err)
	}
	has := slices.ContainsFunc(bill.Components, func(c struct{ Name string }) bool { return c.Name == "k8s.io/client-go" })
	if bill.BOMFormat != "CycloneDX" || bill.Metadata.Component.Name != "github.com/kubectl-podkit/podkit" || !has {
		t.Errorf("%s: %s of %s with %d components, client-go among them: %v", filepath.Base(path), bill.BOMFormat, bill.Metadata.Component.Name, len(bill.Components), has)
	}
}

// inPackages are files of every package for Linux.
var inPackages = []string{
	"/usr/bin/kubectl-podkit", "/usr/bin/kubectl_complete-podkit", "/usr/share/man/man1/kubectl-podkit.1.gz",
	"/usr/share/man/man1/kubectl-podkit-diagnose.1.gz", "/usr/share/bash-completion/completions/kubectl-podkit",
	"/usr/share/fish/vendor_completions.d/kubectl-podkit.fish", "/usr/share/doc/kubectl-podkit/copyright",
}

func TestPackages(t *testing.T) {
	_, current := releases(t)
	tests := []struct {
		suffix string
		list   []string
		zsh    string
	}{
		{".deb", []string{"dpkg-deb", "--contents"}, "/usr/share/zsh/vendor-completions/_kubectl-podkit"},
		{".rpm", []string{"rpm", "-qlp"}, "/usr/share/zsh/site-functions/_kubectl-podkit"},
	}
	for _, target := range strings.Fields(os.Getenv("PODKIT_TARGETS")) {
		if !strings.HasPrefix(target, "linux/") {
			continue
		}
		for _, test := range tests {
			t.Run(target+test.suffix, func(t *testing.T) {
				path := strings.TrimSuffix(current.archive(target), ".tar.gz") + test.suffix
				if info, err := os.Stat(path); err != nil || info.Size() < 1<<20 {
					t.Fatalf("%v, %v", info, err)
				}
				if _, err := exec.LookPath(test.list[0]); err != nil {
					t.Skipf("its contents are not looked at: %v", err)
				}
				listed := output(t, t.TempDir(), nil, test.list[0], test.list[1], path)
				for _, file := range append([]string{test.zsh}, inPackages...) {
					if !strings.Contains(listed, file) {
						t.Errorf("there is no %s", file)
					}
				}
			})
		}
	}
}
