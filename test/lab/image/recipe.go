package image

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
)

// recipeFormat goes into every key: raise it when the same recipe is to give
// other bytes, because the code that follows recipes has changed.
const recipeFormat = 1

// ForeignPlatform is the only architecture that [ForeignArch] exists for.
const ForeignPlatform = "arm64"

const hostArchitecture = runtime.GOARCH

var (
	//go:embed program/pause/main.go
	pauseSource string
	//go:embed program/noshell/main.go
	noShellSource string
	//go:embed applets.txt
	applets string
)

// layer is the recipe of one layer. Equal recipes are built once and shared, in
// the cache and in containerd's snapshots.
type layer struct {
	// Packages are Debian packages, put in with all that they depend on.
	Packages []string
	// Beneath are the packages of the layers below; they and all that they
	// depend on are left out.
	Beneath []string
	Program *program
	Files   []file
}

// program is a Go program of one file that needs only the standard library.
type program struct {
	Path   string
	Source string
}

// file is one entry of a layer: a symbolic link when Link is set, a directory
// when Mode says so, else a regular file. Files that a package brings stay.
type file struct {
	Path string
	Mode fs.FileMode
	Link string
	Body string
}

// key names the layer by everything that decides its content, except the
// versions of the Debian packages: a new one there is no reason to rebuild.
func (l layer) key() (string, error) {
	return key("layer", hostArchitecture, l)
}

// key of the image: its layers' recipes and its configuration.
func (r recipe) key() (string, error) {
	return key("image", hostArchitecture, r)
}

func key(parts ...any) (string, error) {
	text, err := json.Marshal(append(parts, recipeFormat))
	if err != nil {
		return "", fmt.Errorf("naming a cached image: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}

// shellPackages are what the busybox image is made of. It is the dynamic busybox:
// Debian's static one crashes on every name lookup, since a static glibc can't
// load its name services.
func shellPackages() []string { return []string{"busybox", "curl", "libc-bin", "libc6"} }

// nodePackages make the tutorial's app and its `kubectl exec -ti POD -- bash`.
func nodePackages() []string { return []string{"bash", "ncurses-base", "nodejs"} }

func debianLayer() layer {
	files := []file{
		// Debian's packages still differ in whether a file lies in /lib or in
		// /usr/lib; both must be one directory.
		{Path: "/bin", Link: "usr/bin"},
		{Path: "/lib", Link: "usr/lib"},
		{Path: "/lib64", Link: "usr/lib64"},
		{Path: "/sbin", Link: "usr/sbin"},
		{Path: "/root", Mode: fs.ModeDir | 0o700},
		{Path: "/tmp", Mode: fs.ModeDir | fs.ModeSticky | 0o777},
		{Path: "/etc/passwd", Mode: 0o644, Body: passwd},
		{Path: "/etc/group", Mode: 0o644, Body: group},
		{Path: "/etc/nsswitch.conf", Mode: 0o644, Body: nsswitch},
		{Path: "/etc/ssl/certs", Mode: fs.ModeDir | 0o755},
	}
	for applet := range strings.FieldsSeq(applets) {
		files = append(files, file{Path: "/usr/bin/" + applet, Link: "busybox"})
	}
	return layer{Packages: shellPackages(), Files: files}
}

func nodeLayer() layer {
	return layer{Packages: nodePackages(), Beneath: shellPackages()}
}

// serverLayer holds the app; its body is read when the image is built.
func serverLayer() layer {
	return layer{Files: []file{{Path: serverPath, Mode: 0o644}}}
}

func programLayer(path, source string) layer {
	return layer{
		Program: &program{Path: path, Source: source},
		Files: []file{
			{Path: "/etc/passwd", Mode: 0o644, Body: passwd},
			{Path: "/etc/group", Mode: 0o644, Body: group},
		},
	}
}

const (
	passwd   = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
	group    = "root:x:0:\nnogroup:x:65534:\n"
	nsswitch = "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n"
)
