package image

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseReference(t *testing.T) {
	digest := "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	tests := map[string]struct {
		want       reference
		name, path string
	}{
		"nginx":                           {reference{dockerHub, "nginx", "latest", ""}, "nginx:latest", "docker.io/library/nginx"},
		"docker.io/library/nginx:1":       {reference{dockerHub, "nginx", "1", ""}, "nginx:1", "docker.io/library/nginx"},
		"index.docker.io/shop/web:1":      {reference{dockerHub, "shop/web", "1", ""}, "shop/web:1", "docker.io/shop/web"},
		"localhost/web":                   {reference{"localhost", "web", "latest", ""}, "web:latest", "localhost/web"},
		"127.0.0.1:5010/podkit/web:1":     {reference{"127.0.0.1:5010", "podkit/web", "1", ""}, "podkit/web:1", "127.0.0.1:5010/podkit/web"},
		"127.0.0.1:5010/web":              {reference{"127.0.0.1:5010", "web", "latest", ""}, "web:latest", "127.0.0.1:5010/web"},
		"reg.example.com/web@" + digest:   {reference{"reg.example.com", "web", "", digest}, "web@sha256:0123456789ab", "reg.example.com/web"},
		"reg.example.com/web:1@" + digest: {reference{"reg.example.com", "web", "1", digest}, "web:1@sha256:0123456789ab", "reg.example.com/web"},
		"web@short":                       {reference{dockerHub, "web", "", "short"}, "web@short", "docker.io/library/web"},
		"":                                {reference{dockerHub, "", "latest", ""}, ":latest", "docker.io/library/"},
	}
	for text, test := range tests {
		t.Run(text, func(t *testing.T) {
			got := parseReference(text)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(reference{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got.name() != test.name || got.path() != test.path {
				t.Errorf("got %s and %s, want %s and %s", got.name(), got.path(), test.name, test.path)
			}
		})
	}
}

func TestNamedIn(t *testing.T) {
	tests := []struct {
		text, name string
		want       bool
	}{
		{`Back-off pulling image "shop/model:1"`, "shop/model:1", true},
		{`Back-off pulling image "shop/model:12"`, "shop/model:1", false},
		{`Back-off pulling image "other/shop/model:1"`, "shop/model:1", false},
		{`reading manifest 3 in reg.example.com/shop/model: unauthorized`, "reg.example.com/shop/model", true},
		{`reading manifest 3 in reg.example.com/shop/model-data, reg.example.com/shop/model.`, "reg.example.com/shop/model", true},
		{`reading manifest 3 in reg.example.com/shop/model-data`, "reg.example.com/shop/model", false},
		{"anything", "", false},
	}
	for _, test := range tests {
		if got := namedIn(test.text, test.name); got != test.want {
			t.Errorf("%q in %q: got %v", test.name, test.text, got)
		}
	}
}

func TestPeerOf(t *testing.T) {
	tests := map[string]struct {
		text string
		want peer
	}{
		"the registry itself": {`Head "http://127.0.0.1:5019/v2/a/manifests/1": dial tcp 127.0.0.1:5019: connect: connection refused`, peer{host: "127.0.0.1:5019"}},
		"an address behind":   {`Head "https://reg.example.com/v2/a/manifests/1": dial tcp 10.1.2.3:443: i/o timeout`, peer{host: "reg.example.com", address: "10.1.2.3:443"}},
		"IPv6":                {`Head "https://reg.example.com/v2/": dial tcp [2001:db8::1]:443: connect: no route to host`, peer{host: "reg.example.com", address: "[2001:db8::1]:443"}},
		"a lookup":            {`Get "https://reg.example.com/v2/": dial tcp: lookup reg.example.com on 10.0.0.2:53: no such host`, peer{host: "reg.example.com"}},
		"a lookup, old Go":    {`dial tcp: lookup reg.example.com: no such host`, peer{host: "reg.example.com"}},
		"a proxy":             {`Get "https://reg.example.com/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused`, peer{host: "10.0.0.9:3128", proxy: true}},
		"a proxy's name":      {`Get "https://reg.example.com/v2/": proxyconnect tcp: dial tcp: lookup proxy.corp: no such host`, peer{host: "proxy.corp", proxy: true}},
		"a URL not in quotes": {`Get https://registry-1.docker.io/v2/: x509: certificate signed by unknown authority`, peer{host: "registry-1.docker.io"}},
		"nothing":             {`EOF`, peer{host: "registry"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := peerOf(test.text, "registry"); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestHTTPStatus(t *testing.T) {
	for text, want := range map[string]string{
		`pulling from host h failed with status code [manifests 404]: 401 Unauthorized`: "401 Unauthorized",
		`invalid status code from registry 503 (Service Unavailable)`:                   "503 Service Unavailable",
		`dial tcp 10.0.0.1:443: i/o timeout`:                                            "",
		`unexpected status: 403 Forbidden - Server message: denied`:                     "403 Forbidden",
	} {
		if got := httpStatus(text, "a/b:1"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPlatformsIn(t *testing.T) {
	for text, want := range map[string][2]string{
		`no image found in manifest list for architecture arm, variant v8, OS linux`:                                             {"linux/arm", ""},
		`no image found in image index for architecture "amd64", variant "", OS "linux"`:                                         {"linux/amd64", ""},
		`Image architecture mismatch: image uses "amd64", expecting "arm64"`:                                                     {"arm64", "amd64"},
		`image with reference a was found but does not match the specified platform: wanted linux/amd64, actual: linux/arm64/v8`: {"linux/amd64", "linux/arm64/v8"},
		`no matching manifest for windows/amd64 10.0.17763 in the manifest list entries`:                                         {"windows/amd64", ""},
		`image operating system "windows" cannot be used on this platform`:                                                       {"", "windows"},
		`failed to pull and unpack image "127.0.0.1:5010/podkit/arm64-only:1": no match for platform in manifest: not found`:     {"", ""},
	} {
		if wanted, has := platformsIn(text); wanted != want[0] || has != want[1] {
			t.Errorf("%q: got %q and %q, want %q", text, wanted, has, want)
		}
	}
}

func TestFlaw(t *testing.T) {
	for written, want := range map[string][2]string{
		"registry.example.com/Shop/Web:1.0-RC": {"upper-case", "registry.example.com/shop/web:1.0-RC"},
		"https://registry.example.com/web":     {"scheme", "registry.example.com/web"},
		"web:${TAG}":                           {"variable", ""},
		"registry.example.com/web :1":          {"space", ""},
		"web:":                                 {"no-tag", ""},
		"web:1:2":                              {"", ""},
		"":                                     {"", ""},
	} {
		if form, meant := flaw(written); form != want[0] || meant != want[1] {
			t.Errorf("%q: got %q and %q, want %q", written, form, meant, want)
		}
	}
}

// The lines are those of containers' logs: what the OCI runtime left there, and what programs say of other programs.
func TestByLog(t *testing.T) {
	for line, want := range map[string]bool{
		`exec /app: exec format error`:                                                true,
		`standard_init_linux.go:228: exec user process caused: exec format error`:     true,
		`standard_init_linux.go:178: exec user process caused "exec format error"`:    true,
		"exec container process `/app`: Exec format error":                            true,
		`fork/exec /plugins/scan: exec format error`:                                  false,
		`/entrypoint.sh: line 3: /app: cannot execute binary file: Exec format error`: false,
		`/entrypoint.sh: exec: line 3: /app: Exec format error`:                       false,
		`OSError: [Errno 8] Exec format error: '/app'`:                                false,
		`2026/11/22 17:46:20 plugin scan: exec format error`:                          false,
		`panic: exec format error`:                                                    false,
	} {
		if got := byLog.MatchString(line); got != want {
			t.Errorf("%q: got %v", line, got)
		}
	}
}
