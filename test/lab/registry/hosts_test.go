package registry

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteHosts(t *testing.T) {
	dir := t.TempDir()
	for range 2 { // a second run finds the files of the first
		if err := WriteHosts(dir); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{
		OpenAddress:      "http://",
		AuthAddress:      "http://",
		LimitedAddress:   "http://",
		UntrustedAddress: "https://",
		SilentAddress:    "http://",
	}
	for address, scheme := range want {
		text, err := os.ReadFile(filepath.Join(dir, address, "hosts.toml"))
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if !strings.Contains(string(text), `server = "`+scheme+address+`"`) {
			t.Errorf("%s is told to be\n%s", address, text)
		}
		if strings.Contains(string(text), "skip_verify") {
			t.Errorf("%s is trusted without a certificate:\n%s", address, text)
		}
	}
}
