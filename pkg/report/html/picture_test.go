//go:build browser

package html_test

import (
	"os"
	"testing"
)

// TestPicture takes the picture for the documentation: the first of PODKIT_PAGES, as large as a reader's window, into
// PODKIT_PICTURE. test/browser.sh sets both.
func TestPicture(t *testing.T) {
	path := os.Getenv("PODKIT_PICTURE")
	if path == "" {
		t.Skip("PODKIT_PICTURE names no file to write")
	}
	b := open(t)
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 960, "height": 1500, "deviceScaleFactor": 1, "mobile": false})
	b.visit(os.Getenv("PODKIT_PAGES"))
	save(t, path, b.data("Page.captureScreenshot", map[string]any{"format": "png"}))
	if info, err := os.Stat(path); err != nil || info.Size() > 200<<10 {
		t.Errorf("%v, %d bytes: more than a page should load", err, info.Size())
	}
}
