package image

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseURIs(t *testing.T) {
	text := `'http://mirror.example.org/debian/pool/main/z/zlib/zlib1g_1.2.13.dfsg-1_amd64.deb' zlib1g_1%3a1.2.13.dfsg-1_amd64.deb 86684 SHA256:52b8
'http://mirror.example.org/debian/pool/main/b/bash/bash_5.2.15-2+b13_amd64.deb' bash_5.2.15-2+b13_amd64.deb 1490652 SHA256:2a1a

The following NEW packages will be installed:
`
	want := []string{"bash_5.2.15-2+b13_amd64.deb", "zlib1g_1%3a1.2.13.dfsg-1_amd64.deb"}
	if diff := cmp.Diff(want, parseURIs(text)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestNeedNamesWhatIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := need("apt-get", "dpkg-deb")
	if err == nil {
		t.Fatal("no error with an empty PATH")
	}
	for _, word := range append(slices.Clone(Packages()), "apt-get", "dpkg-deb") {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not name %s", err, word)
		}
	}
}
