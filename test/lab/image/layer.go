package image

import (
	"archive/tar"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// layerWriter writes one layer: every directory once, parents first, and one
// date for all, so that the same content gives the same bytes.
type layerWriter struct {
	tar  *tar.Writer
	seen map[string]bool
}

func newLayerWriter(w io.Writer) *layerWriter {
	return &layerWriter{tar: tar.NewWriter(w), seen: map[string]bool{}}
}

// Close ends the layer. The underlying writer stays open.
func (l *layerWriter) Close() error {
	if err := l.tar.Close(); err != nil {
		return fmt.Errorf("ending a layer: %w", err)
	}
	return nil
}

// unneeded are directories that no program of the images reads. They are half
// of what Debian's packages hold.
func unneeded() []string {
	return []string{
		"usr/share/bash-completion/", "usr/share/common-licenses/", "usr/share/doc/", "usr/share/info/",
		"usr/share/lintian/", "usr/share/locale/", "usr/share/man/", "usr/share/nodejs/@types/",
	}
}

// Package adds the files of a Debian package, given as the tar stream that
// `dpkg-deb --fsys-tarfile` prints. Owners and modes stay as packaged.
func (l *layerWriter) Package(r io.Reader) error {
	in := tar.NewReader(r)
	for {
		header, err := in.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading a package: %w", err)
		}
		name := merged(header.Name)
		if name == "" || isUnneeded(name) {
			continue
		}
		header.Name = name
		if header.Typeflag == tar.TypeLink {
			header.Linkname = merged(header.Linkname)
		}
		if err := l.entry(header, in); err != nil {
			return err
		}
	}
}

// File adds one entry of a recipe, unless a package brought it already.
func (l *layerWriter) File(f file) error {
	header := &tar.Header{Name: merged(f.Path), Mode: int64(f.Mode.Perm()), Typeflag: tar.TypeReg, Size: int64(len(f.Body))}
	switch {
	case f.Link != "":
		// The link in place of a directory is the one path that is not merged.
		header.Name = strings.TrimPrefix(f.Path, "/")
		header.Typeflag, header.Linkname, header.Mode = tar.TypeSymlink, f.Link, 0o777
	case f.Mode.IsDir():
		header.Typeflag = tar.TypeDir
		if f.Mode&fs.ModeSticky != 0 {
			header.Mode |= 0o1000
		}
	}
	return l.entry(header, strings.NewReader(f.Body))
}

func (l *layerWriter) entry(header *tar.Header, body io.Reader) error {
	name := strings.TrimSuffix(header.Name, "/")
	if l.seen[name] {
		return nil
	}
	if err := l.parents(name); err != nil {
		return err
	}
	l.seen[name] = true
	out := &tar.Header{
		Typeflag: header.Typeflag, Name: name, Linkname: header.Linkname, Mode: header.Mode, Size: header.Size,
		Uid: header.Uid, Gid: header.Gid, ModTime: created(),
	}
	if out.Typeflag == tar.TypeDir {
		out.Name += "/"
	}
	if err := l.tar.WriteHeader(out); err != nil {
		return fmt.Errorf("adding %q to a layer: %w", name, err)
	}
	if out.Typeflag != tar.TypeReg {
		return nil
	}
	if _, err := io.Copy(l.tar, body); err != nil {
		return fmt.Errorf("adding %q to a layer: %w", name, err)
	}
	return nil
}

func (l *layerWriter) parents(name string) error {
	parent := path.Dir(name)
	if parent == "." || l.seen[parent] {
		return nil
	}
	return l.entry(&tar.Header{Typeflag: tar.TypeDir, Name: parent, Mode: 0o755}, nil)
}

// merged gives a packaged path as a tar name in a file system where /bin, /lib,
// /lib64 and /sbin are links into /usr, as on every Debian since bookworm.
func merged(name string) string {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	first, _, _ := strings.Cut(name, "/")
	switch first {
	case "bin", "lib", "lib64", "sbin":
		return "usr/" + name
	}
	return name
}

func isUnneeded(name string) bool {
	for _, dir := range unneeded() {
		if strings.HasPrefix(name+"/", dir) {
			return true
		}
	}
	return false
}
