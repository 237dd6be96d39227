package main

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// style is how a character looks. Colours are indices of the terminal's palette, plus one; 0 is the default.
type style struct {
	fore, back                        int
	bold, faint, underline, backwards bool
}

// run is a stretch of characters of one look and one width, and the column at which it begins.
type stretch struct {
	style
	column, cells int
	text          string
	wide          bool
}

// parse reads a screen, line by line. A style lasts until it is taken back, over the ends of lines.
func parse(screen string) [][]stretch {
	var lines [][]stretch
	var look style
	var state byte
	parser := ansi.NewParser()
	for line := range strings.Lines(strings.TrimRight(screen, "\n")) {
		var stretches []stretch
		column := 0
		for rest := strings.TrimRight(line, "\n"); rest != ""; {
			sequence, width, n, next := ansi.DecodeSequence(rest, state, parser)
			state, rest = next, rest[n:]
			switch {
			case width > 0:
				stretches = appended(stretches, look, column, width, sequence)
				column += width
			case strings.HasPrefix(sequence, "\x1b[") && strings.HasSuffix(sequence, "m"):
				look = look.after(sequence[2 : len(sequence)-1])
			}
		}
		lines = append(lines, stretches)
	}
	return lines
}

// appended adds a character to the last stretch if it looks like it, else to a new one.
func appended(stretches []stretch, look style, column, width int, character string) []stretch {
	if last := len(stretches) - 1; last >= 0 && stretches[last].style == look && stretches[last].wide == (width > 1) {
		stretches[last].text += character
		stretches[last].cells += width
		return stretches
	}
	return append(stretches, stretch{style: look, column: column, cells: width, text: character, wide: width > 1})
}

// after applies the parameters of an SGR sequence (ECMA-48, 8.3.117).
func (s style) after(parameters string) style {
	numbers := strings.FieldsFunc(parameters, func(r rune) bool { return r == ';' || r == ':' })
	if len(numbers) == 0 {
		return style{}
	}
	for i := 0; i < len(numbers); i++ {
		number, _ := strconv.Atoi(numbers[i])
		switch {
		case number == 0:
			s = style{}
		case number == 1:
			s.bold = true
		case number == 2:
			s.faint = true
		case number == 4:
			s.underline = true
		case number == 7:
			s.backwards = true
		case number == 22:
			s.bold, s.faint = false, false
		case number == 24:
			s.underline = false
		case number == 27:
			s.backwards = false
		case (number == 38 || number == 48) && i+2 < len(numbers) && numbers[i+1] == "5":
			index, _ := strconv.Atoi(numbers[i+2])
			i += 2
			if number == 38 {
				s.fore = index + 1
			} else {
				s.back = index + 1
			}
		case number >= 30 && number <= 37:
			s.fore = number - 30 + 1
		case number == 39:
			s.fore = 0
		case number >= 40 && number <= 47:
			s.back = number - 40 + 1
		case number == 49:
			s.back = 0
		case number >= 90 && number <= 97:
			s.fore = number - 90 + 8 + 1
		}
	}
	return s
}
