//go:build browser

package html_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/internal/specimen"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// overflow lists what sticks out of the window at its right.
const overflow = `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
	.map(e => e.tagName + "." + e.getAttribute("class") + ": " + e.textContent.slice(0, 40)).slice(0, 5).join("; ")`

// folder is where the screenshots go: PODKIT_SCREENSHOTS, else nowhere that lasts.
func folder(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("PODKIT_SCREENSHOTS"); path != "" {
		return path
	}
	return t.TempDir()
}

func save(t *testing.T, path string, data []byte) {
	t.Helper()
	if len(data) < 1000 {
		t.Errorf("%s has %d bytes", path, len(data))
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// pages are the specimens' in both languages, and those of PODKIT_PAGES, files separated by colons: reports of a real cluster.
func pages(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name, found := range map[string]*diagnosis.Diagnosis{"incident": specimen.Incident(t), "hostile": specimen.Hostile(t)} {
		for _, language := range message.Languages() {
			path := filepath.Join(t.TempDir(), name+".html")
			if err := os.WriteFile(path, []byte(page(t, found, language)), 0o600); err != nil {
				t.Fatal(err)
			}
			files[name+"-"+string(language)] = path
		}
	}
	for path := range strings.SplitSeq(os.Getenv("PODKIT_PAGES"), ":") {
		if path != "" {
			files[strings.TrimSuffix(filepath.Base(path), ".html")] = path
		}
	}
	return files
}

// TestInBrowser: in a window as wide as a desk's screen and as narrow as a phone's, in light and in dark, nothing sticks out, and
// the console stays silent, that is, the page's own policy allows all that is on it. Every fold is opened first.
func TestInBrowser(t *testing.T) {
	b, screenshots := open(t), folder(t)
	for name, path := range pages(t) {
		for _, width := range []int{360, 1100} {
			for _, scheme := range []string{"light", "dark"} {
				b.resize(width, scheme)
				b.visit(path)
				shot := filepath.Join(screenshots, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
				save(t, shot, b.data("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true}))
				b.evaluate(`document.querySelectorAll("details").forEach(d => d.open = true)`)
				if out := b.evaluate(overflow); out != "" {
					t.Errorf("%s at %d pixels: sticks out: %s", name, width, out)
				}
				if len(b.said) > 0 {
					t.Errorf("%s: the console says %v", name, b.said)
				}
			}
		}
		save(t, filepath.Join(screenshots, name+".pdf"), b.data("Page.printToPDF", map[string]any{"printBackground": true}))
	}
}

// TestBrowserNotices: a page that breaks its policy is found out, so that silence means something.
func TestBrowserNotices(t *testing.T) {
	b := open(t)
	broken := strings.Replace(page(t, specimen.Incident(t), message.English), "</main>", `<p style="color:red">x</p><script>1</script></main>`, 1)
	path := filepath.Join(t.TempDir(), "broken.html")
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	b.visit(path)
	b.evaluate("1")
	if said := strings.Join(b.said, "\n"); !strings.Contains(said, "script") || !strings.Contains(said, "style") {
		t.Errorf("the console says %q", said)
	}
	b.resize(360, "light")
	b.evaluate(`document.querySelector("h1").style.width = "500px"`)
	if b.evaluate(overflow) == "" {
		t.Error("a heading of 500 pixels does not stick out of 360")
	}
}
