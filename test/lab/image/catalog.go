package image

import (
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"github.com/kubectl-podkit/podkit/test/lab/registry"
)

// Names of the images, spelled as containerd stores them: the CRI normalises
// "busybox:1.36" to this form before it looks an image up, and an import under
// the short name would never be found.
const (
	// Pause is the sandbox image: containerd's sandbox_image.
	Pause = "podkit.dev/lab/pause:1"
	// Busybox has a shell, the usual applets, curl, getent and name lookups that work.
	Busybox = "docker.io/library/busybox:1.36"
	// BootcampV1 is the tutorial's Node.js app, with bash and curl inside.
	BootcampV1 = "gcr.io/google-samples/kubernetes-bootcamp:v1"
	// BootcampV2 is the same app that calls itself v2.
	BootcampV2 = "gcr.io/google-samples/kubernetes-bootcamp:v2"
	// NoShell is one static web server: no shell, no libraries, and a user that
	// has a name but no number, as distroless images have it.
	NoShell = "podkit.dev/lab/noshell:1"
	// ExecFormat starts a file that the kernel can't execute, which fails as a
	// program for another architecture does.
	ExecFormat = "podkit.dev/lab/exec-format:1"
	// Pullable is what the registries have for pulls that succeed: a busybox that is
	// not on the nodes beforehand.
	Pullable = registry.OpenAddress + "/" + pullableRepository
	// ForeignArch exists in the open registry only, as an index that knows one
	// platform: [ForeignPlatform]. Pulling it fails on a lab node.
	ForeignArch = registry.OpenAddress + "/" + foreignRepository
)

const (
	foreignRepository  = "podkit/arm64-only:1"
	pullableRepository = "podkit/busybox:1.36"
)

// Image is one entry of the catalog.
type Image struct {
	// Name is the full, normalised reference, as containerd stores it.
	Name string
	// Preload says that every node imports the image before pods use it.
	Preload bool
	// Repository is the "repository:tag" under which the lab's registries serve
	// the image, and empty when they do not.
	Repository string

	recipe recipe
}

// Catalog lists every image that the lab's manifests name, in the order in which
// they are built.
func Catalog() []Image {
	return []Image{
		{Name: Pause, Preload: true, recipe: pauseRecipe()},
		{Name: Busybox, Preload: true, recipe: busyboxRecipe()},
		{Name: BootcampV1, Preload: true, recipe: bootcampRecipe("v1")},
		{Name: BootcampV2, Preload: true, recipe: bootcampRecipe("v2")},
		{Name: NoShell, Preload: true, recipe: noShellRecipe()},
		{Name: ExecFormat, Preload: true, recipe: execFormatRecipe()},
		{Name: Pullable, Repository: pullableRepository, recipe: pullableRecipe()},
		{Name: ForeignArch, Repository: foreignRepository, recipe: foreignRecipe()},
	}
}

// recipe is everything that decides what an image holds.
type recipe struct {
	Architecture string
	Config       v1.Config
	Layers       []layer
}

// created is the images' one date, so that the same recipe gives the same digest.
func created() time.Time { return time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC) }

const searchPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

func busyboxRecipe() recipe {
	return recipe{
		Architecture: hostArchitecture,
		Config:       v1.Config{Env: []string{searchPath}, Cmd: []string{"sh"}, WorkingDir: "/"},
		Layers:       []layer{debianLayer()},
	}
}

// pullableRecipe differs from busybox in a label, and so in its ID. With one ID the
// kubelet would, once a pod has pulled the one, refuse the other to pods until it
// has pulled that too: it keeps the references that it has pulled an image by, and
// takes any further one for a try to get at it without credentials (the kubelet's
// pkg/kubelet/images/pullmanager, MustAttemptImagePull).
func pullableRecipe() recipe {
	r := busyboxRecipe()
	r.Config.Labels = map[string]string{"podkit.dev/pullable": "true"}
	return r
}

func bootcampRecipe(version string) recipe {
	return recipe{
		Architecture: hostArchitecture,
		Config: v1.Config{
			Env:          []string{searchPath, "APP_VERSION=" + version},
			Cmd:          []string{"node", "server.js"},
			WorkingDir:   "/",
			ExposedPorts: map[string]struct{}{"8080/tcp": {}},
		},
		Layers: []layer{debianLayer(), nodeLayer(), serverLayer()},
	}
}

func pauseRecipe() recipe {
	return recipe{
		Architecture: hostArchitecture,
		Config:       v1.Config{Entrypoint: []string{"/pause"}},
		Layers:       []layer{programLayer("/pause", pauseSource)},
	}
}

func noShellRecipe() recipe {
	return recipe{
		Architecture: hostArchitecture,
		Config: v1.Config{
			Entrypoint:   []string{"/noshell"},
			User:         "nobody",
			ExposedPorts: map[string]struct{}{"8080/tcp": {}},
		},
		Layers: []layer{programLayer("/noshell", noShellSource)},
	}
}

// execFormatRecipe needs no foreign compiler: execve refuses any file without a
// header that the kernel knows, with the same error number.
func execFormatRecipe() recipe {
	return recipe{
		Architecture: hostArchitecture,
		Config:       v1.Config{Entrypoint: []string{"/app"}},
		Layers:       []layer{{Files: []file{{Path: "/app", Mode: 0o755, Body: "no program\n"}}}},
	}
}

// foreignRecipe says which platform it is for; no node here gets as far as its layer.
func foreignRecipe() recipe {
	r := execFormatRecipe()
	r.Architecture = ForeignPlatform
	return r
}
