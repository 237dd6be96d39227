package image

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type entry struct {
	Name, Link, Body string
	Mode             int64
}

func TestLayer(t *testing.T) {
	pkg := tarOf(t,
		tar.Header{Name: "./", Typeflag: tar.TypeDir, Mode: 0o755},
		tar.Header{Name: "./lib/", Typeflag: tar.TypeDir, Mode: 0o755},
		tar.Header{Name: "./lib/libx.so.1", Typeflag: tar.TypeReg, Mode: 0o644, Size: 3, Uid: 7},
		tar.Header{Name: "./lib/libx.so", Typeflag: tar.TypeSymlink, Linkname: "libx.so.1", Mode: 0o777},
		tar.Header{Name: "./bin/hard", Typeflag: tar.TypeLink, Linkname: "./lib/libx.so.1"},
		tar.Header{Name: "./usr/share/doc/x/copyright", Typeflag: tar.TypeReg, Size: 1},
		tar.Header{Name: "./usr/share/docker", Typeflag: tar.TypeReg, Mode: 0o600, Size: 3},
	)
	files := []file{
		{Path: "/bin", Link: "usr/bin"},
		{Path: "/lib/libx.so.1", Mode: 0o644, Body: "the package's file wins"},
		{Path: "/tmp", Mode: fs.ModeDir | fs.ModeSticky | 0o777},
		{Path: "/etc/deep/passwd", Mode: 0o644, Body: "root"},
	}
	want := []entry{
		{Name: "usr/", Mode: 0o755},
		{Name: "usr/lib/", Mode: 0o755},
		{Name: "usr/lib/libx.so.1", Mode: 0o644, Body: "xxx"},
		{Name: "usr/lib/libx.so", Link: "libx.so.1", Mode: 0o777},
		{Name: "usr/bin/", Mode: 0o755},
		{Name: "usr/bin/hard", Link: "usr/lib/libx.so.1"},
		{Name: "usr/share/", Mode: 0o755},
		{Name: "usr/share/docker", Mode: 0o600, Body: "xxx"},
		{Name: "bin", Link: "usr/bin", Mode: 0o777},
		{Name: "tmp/", Mode: 0o1777},
		{Name: "etc/", Mode: 0o755},
		{Name: "etc/deep/", Mode: 0o755},
		{Name: "etc/deep/passwd", Mode: 0o644, Body: "root"},
	}
	first := write(t, pkg, files)
	if diff := cmp.Diff(want, entries(t, first)); diff != "" {
		t.Errorf("layer (-want +got):\n%s", diff)
	}
	if !bytes.Equal(first, write(t, pkg, files)) {
		t.Error("the same content gave other bytes")
	}
}

func TestLayerRefusesABrokenPackage(t *testing.T) {
	l := newLayerWriter(io.Discard)
	if err := l.Package(bytes.NewReader(bytes.Repeat([]byte("no tar "), 200))); err == nil {
		t.Error("no error for a stream that is no tar")
	}
}

func tarOf(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, h := range headers {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(bytes.Repeat([]byte("x"), int(h.Size))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func write(t *testing.T, pkg []byte, files []file) []byte {
	t.Helper()
	var buf bytes.Buffer
	l := newLayerWriter(&buf)
	if err := l.Package(bytes.NewReader(pkg)); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := l.File(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func entries(t *testing.T, layer []byte) []entry {
	t.Helper()
	var got []entry
	r := tar.NewReader(bytes.NewReader(layer))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, entry{Name: h.Name, Link: h.Linkname, Mode: h.Mode, Body: string(body)})
	}
}
