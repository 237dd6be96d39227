package image

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
)

func TestCatalog(t *testing.T) {
	seen := map[string]bool{}
	keys := map[string]string{}
	for _, image := range Catalog() {
		t.Run(fileName(image.Name), func(t *testing.T) {
			tag, err := name.NewTag(image.Name, name.StrictValidation)
			if err != nil {
				t.Fatalf("the name does not parse: %v", err)
			}
			// The CRI looks up docker.io/library/x:1 when a manifest says x:1.
			if host := strings.Split(image.Name, "/")[0]; !strings.ContainsAny(host, ".:") {
				t.Errorf("the name %s has no registry, so it is not normalised", image.Name)
			}
			if tag.TagStr() == "latest" {
				t.Error("tag latest makes the kubelet pull always")
			}
			if seen[image.Name] {
				t.Error("listed twice")
			}
			seen[image.Name] = true
			if !image.Preload && image.Repository == "" {
				t.Error("neither imported nor served: no pod can ever get it")
			}
			key, err := image.recipe.key()
			if err != nil {
				t.Fatal(err)
			}
			if other, ok := keys[key]; ok {
				t.Errorf("same recipe as %s", other)
			}
			keys[key] = image.Name
		})
	}
	if !seen[Pause] {
		t.Error("no sandbox image, so no pod can start")
	}
}

func TestForeignImageIsNotForThisMachine(t *testing.T) {
	i := slices.IndexFunc(Catalog(), func(i Image) bool { return i.Name == ForeignArch })
	foreign := Catalog()[i]
	if got := foreign.recipe.Architecture; got != ForeignPlatform {
		t.Errorf("architecture is %q, want %q", got, ForeignPlatform)
	}
	if foreign.Preload {
		t.Error("an imported image is never pulled, so the pull can't fail")
	}
}

func TestServed(t *testing.T) {
	served := Served([]Archive{
		{Image: Image{Name: "a", Repository: "podkit/a:1"}, Path: "/a.tar"},
		{Image: Image{Name: "b"}, Path: "/b.tar"},
	})
	if len(served) != 1 || served[0].Repository != "podkit/a:1" || served[0].Path != "/a.tar" {
		t.Errorf("served %+v, want podkit/a:1 alone", served)
	}
}
