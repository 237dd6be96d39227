package image

import (
	"slices"
	"strings"
	"testing"
)

func TestKeyFollowsTheRecipe(t *testing.T) {
	base := layer{Packages: []string{"curl"}, Files: []file{{Path: "/a", Body: "1"}}}
	changed := map[string]layer{
		"package": {Packages: []string{"wget"}, Files: base.Files},
		"beneath": {Packages: base.Packages, Beneath: []string{"libc6"}, Files: base.Files},
		"body":    {Packages: base.Packages, Files: []file{{Path: "/a", Body: "2"}}},
		"mode":    {Packages: base.Packages, Files: []file{{Path: "/a", Body: "1", Mode: 0o600}}},
		"program": {Packages: base.Packages, Files: base.Files, Program: &program{Path: "/p"}},
	}
	want := mustKey(t, base)
	if again := mustKey(t, base); again != want {
		t.Errorf("the same recipe has keys %s and %s", want, again)
	}
	for what, l := range changed {
		if mustKey(t, l) == want {
			t.Errorf("another %s gives the same key", what)
		}
	}
}

func mustKey(t *testing.T, l layer) string {
	t.Helper()
	key, err := l.key()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestBootcampSharesItsLayers(t *testing.T) {
	v1, v2 := bootcampRecipe("v1").withServer("x"), bootcampRecipe("v2").withServer("x")
	for i := range v1.Layers {
		if mustKey(t, v1.Layers[i]) != mustKey(t, v2.Layers[i]) {
			t.Errorf("layer %d differs between v1 and v2", i)
		}
	}
	if mustKey(t, v1.Layers[0]) != mustKey(t, busyboxRecipe().Layers[0]) {
		t.Error("the lowest layer differs from busybox's")
	}
}

func TestWithServerLeavesTheRecipeAlone(t *testing.T) {
	before := bootcampRecipe("v1")
	after := before.withServer("the app")
	if before.Layers[2].Files[0].Body != "" {
		t.Error("the recipe itself was changed")
	}
	if got := after.Layers[2].Files[0].Body; got != "the app" {
		t.Errorf("the app's file holds %q", got)
	}
}

func TestAppletsAreListedOnce(t *testing.T) {
	names := strings.Fields(applets)
	slices.Sort(names)
	for i := 1; i < len(names); i++ {
		if names[i] == names[i-1] {
			t.Errorf("applet %s is listed twice", names[i])
		}
	}
}
