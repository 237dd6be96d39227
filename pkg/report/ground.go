package report

import (
	"image/color"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
)

// Ground is the background of a terminal.
type Ground int

// The grounds. One that nobody knows is taken for dark.
const (
	UnknownGround Ground = iota
	DarkGround
	LightGround
)

// groundOf reads COLORFGBG, in which some terminals leave their colours: "0;15", "15;default;0". The last is the number of the
// background among the sixteen, of which white and the bright ones are light.
func groundOf(colors string) Ground {
	number, err := strconv.Atoi(colors[strings.LastIndexByte(colors, ';')+1:])
	const white, grey, last = 7, 8, 15
	switch {
	case err != nil || number < 0 || number > last:
		return UnknownGround
	case number == white || number > grey:
		return LightGround
	}
	return DarkGround
}

// Colors tell the parts of a text apart.
type Colors struct{ Accent, Good, Bad, Warn color.Color }

// Colors are those that can be read on the terminal's ground. On a dark one they are the terminal's own sixteen, as its user
// has chosen them. Of these cyan, green and yellow are too pale on white in most palettes, so a light one gets fixed ones that
// are dark enough.
func (t Terminal) Colors() Colors {
	if t.Ground == LightGround {
		return Colors{Accent: lipgloss.Color("25"), Good: lipgloss.Color("28"), Bad: lipgloss.Color("124"), Warn: lipgloss.Color("130")}
	}
	return Colors{Accent: lipgloss.Cyan, Good: lipgloss.Green, Bad: lipgloss.Red, Warn: lipgloss.Yellow}
}
