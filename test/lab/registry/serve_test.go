package registry

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// start serves one amd64 and one arm64 image on free ports, and returns the
// address of each kind of endpoint.
func start(t *testing.T) map[Kind]string {
	t.Helper()
	images := []Image{saved(t, "podkit/app:1", "amd64"), saved(t, "podkit/arm64-only:1", "arm64")}
	var free []Endpoint
	for _, e := range Endpoints() {
		free = append(free, Endpoint{Kind: e.Kind, Address: "127.0.0.1:0"})
	}
	server, err := Listen(Config{StateDir: t.TempDir(), Images: images, Endpoints: free})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	waiting, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	if err := ready(waiting, server.Endpoints(), images); err != nil {
		t.Fatal(err)
	}
	addresses := map[Kind]string{}
	for _, e := range server.Endpoints() {
		addresses[e.Kind] = e.Address
	}
	return addresses
}

// saved writes a random image for the architecture as a docker-archive.
func saved(t *testing.T, repository, architecture string) Image {
	t.Helper()
	img, err := random.Image(64, 1)
	if err != nil {
		t.Fatal(err)
	}
	config, err := img.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	config = config.DeepCopy()
	config.OS, config.Architecture = "linux", architecture
	if img, err = mutate.ConfigFile(img, config); err != nil {
		t.Fatal(err)
	}
	tag, err := name.NewTag("example.com/" + repository)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "image.tar")
	if err := tarball.WriteToFile(path, tag, img); err != nil {
		t.Fatal(err)
	}
	return Image{Repository: repository, Path: path}
}

// pull gets the image's layers as a runtime on linux/amd64 would.
func pull(t *testing.T, reference string, options ...remote.Option) error {
	t.Helper()
	ref, err := name.ParseReference(reference)
	if err != nil {
		t.Fatal(err)
	}
	options = append(options,
		remote.WithContext(t.Context()),
		remote.WithPlatform(v1.Platform{OS: "linux", Architecture: "amd64"}),
		// The client would ask a limited registry again for half a minute.
		remote.WithRetryBackoff(remote.Backoff{Duration: time.Millisecond, Steps: 1}),
	)
	img, err := remote.Image(ref, options...)
	if err != nil {
		return err
	}
	layers, err := img.Layers()
	if err != nil {
		return err
	}
	for _, layer := range layers {
		body, err := layer.Compressed()
		if err != nil {
			return err
		}
		if err := body.Close(); err != nil {
			return err
		}
	}
	return nil
}

func TestPull(t *testing.T) {
	addresses := start(t)
	known := remote.WithAuth(&authn.Basic{Username: User, Password: Password})
	wrong := remote.WithAuth(&authn.Basic{Username: User, Password: "guess"})

	if err := pull(t, addresses[Open]+"/podkit/app:1"); err != nil {
		t.Errorf("open: %v", err)
	}
	if err := pull(t, addresses[Auth]+"/podkit/app:1", known); err != nil {
		t.Errorf("with the password: %v", err)
	}
	for what, err := range map[string]error{
		"nobody": pull(t, addresses[Auth]+"/podkit/app:1"),
		"wrong":  pull(t, addresses[Auth]+"/podkit/app:1", wrong),
	} {
		wantStatus(t, what, err, http.StatusUnauthorized, transport.UnauthorizedErrorCode)
	}
	wantStatus(t, "limited", pull(t, addresses[Limited]+"/podkit/app:1"), http.StatusTooManyRequests, transport.TooManyRequestsErrorCode)
	wantStatus(t, "unknown image", pull(t, addresses[Open]+"/podkit/no-such-image:1"), http.StatusNotFound, transport.NameUnknownErrorCode)

	err := pull(t, addresses[Open]+"/podkit/arm64-only:1")
	if err == nil || !strings.Contains(err.Error(), "no child with platform linux/amd64") {
		t.Errorf("an image for another platform: %v", err)
	}
}

func wantStatus(t *testing.T, what string, err error, status int, code transport.ErrorCode) {
	t.Helper()
	var answer *transport.Error
	if !errors.As(err, &answer) {
		t.Errorf("%s: error is %v, want an answer of the registry", what, err)
		return
	}
	if answer.StatusCode != status || len(answer.Errors) != 1 || answer.Errors[0].Code != code {
		t.Errorf("%s: answered %d %v, want %d %s", what, answer.StatusCode, answer.Errors, status, code)
	}
}

// The library speaks HTTP to loopback addresses when HTTPS fails, so the untrusted
// registry is asked as containerd asks it: over HTTPS and nothing else.
func TestUntrusted(t *testing.T) {
	address := start(t)[Untrusted]
	response, err := http.Get("https://" + address + "/v2/")
	if err == nil {
		_ = response.Body.Close()
	}
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		t.Errorf("error is %v, want an unknown authority", err)
	}
}

func TestListenSaysWhichAddressIsTaken(t *testing.T) {
	first, err := Listen(Config{Endpoints: []Endpoint{{Kind: Open, Address: "127.0.0.1:0"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := first.close(); err != nil {
			t.Error(err)
		}
	}()
	_, err = Listen(Config{Endpoints: first.Endpoints()})
	if err == nil || !strings.Contains(err.Error(), first.Endpoints()[0].Address) {
		t.Errorf("error is %v, want one that names the address", err)
	}
}

func TestServeFailsOnAnUnreadableImage(t *testing.T) {
	err := Serve(t.Context(), Config{
		Images:    []Image{{Repository: "podkit/app:1", Path: filepath.Join(t.TempDir(), "none.tar")}},
		Endpoints: []Endpoint{{Kind: Open, Address: "127.0.0.1:0"}},
	})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error is %v, want the missing file", err)
	}
}

func TestReadySaysWhatIsMissing(t *testing.T) {
	server, err := Listen(Config{Endpoints: []Endpoint{{Kind: Open, Address: "127.0.0.1:0"}}})
	if err != nil {
		t.Fatal(err)
	}
	endpoints := server.Endpoints()
	if err := server.close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err = ready(ctx, endpoints, nil)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "the open registry") {
		t.Errorf("error is %v, want the deadline and the registry's name", err)
	}
}
