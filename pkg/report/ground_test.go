package report

import (
	"image/color"
	"math"
	"reflect"
	"testing"
)

func TestGroundOf(t *testing.T) {
	tests := map[string]Ground{
		"":             UnknownGround,
		"0;15":         LightGround,
		"0;default;7":  LightGround,
		"0;11":         LightGround,
		"15;0":         DarkGround,
		"7;8":          DarkGround,
		"12;default;4": DarkGround,
		"0;default":    UnknownGround,
		"0;16":         UnknownGround,
		"-1":           UnknownGround,
		"white":        UnknownGround,
	}
	for colors, want := range tests {
		if got := groundOf(colors); got != want {
			t.Errorf("%q: got %d, want %d", colors, got, want)
		}
	}
}

// luminance is that of WCAG 2, 1.4.3.
func luminance(c color.Color) float64 {
	linear := func(part uint32) float64 {
		share := float64(part) / 0xffff
		if share <= 0.04045 {
			return share / 12.92
		}
		return math.Pow((share+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// On white each colour has the contrast that WCAG asks of text, 4.5. The four differ.
func TestColorsCanBeReadOnALightGround(t *testing.T) {
	colors := reflect.ValueOf(Terminal{Color: true, Ground: LightGround}.Colors())
	seen := map[any]string{}
	for i := range colors.NumField() {
		name, ink := colors.Type().Field(i).Name, colors.Field(i).Interface().(color.Color)
		if contrast := 1.05 / (luminance(ink) + 0.05); contrast < 4.5 {
			t.Errorf("%s: the contrast is %.1f", name, contrast)
		}
		if other, taken := seen[ink]; taken {
			t.Errorf("%s is the colour of %s", name, other)
		}
		seen[ink] = name
	}
}

// What nobody knows is shown in the terminal's own colours, as a dark ground is.
func TestColorsOfAnUnknownGround(t *testing.T) {
	if got, want := (Terminal{}).Colors(), (Terminal{Ground: DarkGround}).Colors(); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
