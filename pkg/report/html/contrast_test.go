package html_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var variable = regexp.MustCompile(`--([a-z]+): #([0-9a-f]{6});`)

// schemes reads the colours of the style sheet: those of the light scheme, and those of the dark one.
func schemes(t *testing.T) []map[string]float64 {
	t.Helper()
	data, err := os.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, found := strings.Cut(string(data), "@media (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "* { box-sizing")
	if !found {
		t.Fatal("no dark scheme")
	}
	var all []map[string]float64
	for _, part := range []string{light, dark} {
		colours := map[string]float64{}
		for _, match := range variable.FindAllStringSubmatch(part, -1) {
			value, err := strconv.ParseUint(match[2], 16, 32)
			if err != nil {
				t.Fatal(err)
			}
			colours[match[1]] = luminance(value)
		}
		all = append(all, colours)
	}
	return all
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(rgb uint64) float64 {
	channel := func(shift int) float64 {
		c := float64(rgb>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

// TestContrast: texts stand out from what is behind them as WCAG's level AA asks, 4.5 to 1.
func TestContrast(t *testing.T) {
	for i, colours := range schemes(t) {
		for _, ink := range []string{"ink", "muted", "failing", "degraded", "progressing", "unknown", "healthy"} {
			for _, ground := range []string{"paper", "card", "wash"} {
				a, b := colours[ink], colours[ground]
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
					t.Errorf("scheme %d: %s on %s: %.2f to 1", i, ink, ground, ratio)
				}
			}
		}
	}
}
