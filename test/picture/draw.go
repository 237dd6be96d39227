package main

import (
	"fmt"
	"html"
	"strings"
)

// The measures of the drawing, in pixels.
const (
	cellWidth  = 8.4
	cellHeight = 18
	fontSize   = 14
	margin     = 14
	titleBar   = 30
)

// The window's own colours, and the sixteen of the palette. Both texts and marks reach a contrast of 4.5 on the ground.
const (
	ground    = "#1b1f27"
	bar       = "#2a303b"
	ink       = "#d8dee9"
	fontStack = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
)

func palette() []string {
	return []string{
		"#3b4252", "#f0717b", "#8fd18a", "#e5c07b", "#74a8f7", "#c792ea", "#6fd0dd", "#d8dee9",
		"#6b7689", "#ff8b94", "#a8e6a1", "#f4d58d", "#92bdff", "#d9a8f5", "#8fe3ee", "#ffffff",
	}
}

// draw makes an SVG of a screen: a window with a title bar, and each stretch of text at its column, so that wide
// characters stand where the terminal put them, whatever font shows them.
func draw(lines [][]stretch, title string, columns int) string {
	width := float64(columns)*cellWidth + 2*margin
	height := titleBar + float64(len(lines))*cellHeight + 2*margin
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="%s">`+"\n",
		width, height, width, height, html.EscapeString(title))
	fmt.Fprintf(&svg, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", ground)
	fmt.Fprintf(&svg, `<path d="M0 8a8 8 0 0 1 8-8h%.0fa8 8 0 0 1 8 8v%dH0z" fill="%s"/>`+"\n", width-16, titleBar-8, bar)
	for i, color := range []string{"#f0717b", "#e5c07b", "#8fd18a"} {
		fmt.Fprintf(&svg, `<circle cx="%d" cy="%d" r="5" fill="%s"/>`+"\n", 18+18*i, titleBar/2, color)
	}
	fmt.Fprintf(&svg, `<g font-family="%s" font-size="%d" fill="%s">`+"\n", fontStack, fontSize, ink)
	fmt.Fprintf(&svg, `<text x="%.0f" y="%d" text-anchor="middle" font-size="12" opacity="0.8">%s</text>`+"\n", width/2, titleBar/2+4, html.EscapeString(title))
	for i, line := range lines {
		for _, part := range line {
			svg.WriteString(part.draw(titleBar + margin + float64(i)*cellHeight))
		}
	}
	svg.WriteString("</g>\n</svg>\n")
	return svg.String()
}

// draw shows one stretch whose line begins at so many pixels from the top. Spaces alone need no text; those within one are
// written so that no viewer folds them.
func (s stretch) draw(top float64) string {
	fore, back := ink, ""
	colors := palette()
	if s.fore > 0 && s.fore <= len(colors) {
		fore = colors[s.fore-1]
	}
	if s.back > 0 && s.back <= len(colors) {
		back = colors[s.back-1]
	}
	if s.backwards {
		fore, back = ground, fore
	}
	x, length := margin+float64(s.column)*cellWidth, float64(s.cells)*cellWidth
	drawn := ""
	if back != "" {
		drawn = fmt.Sprintf(`<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>`+"\n", x, top, length, cellHeight, back)
	}
	if strings.TrimSpace(s.text) == "" {
		return drawn
	}
	looks := ""
	if fore != ink {
		looks += fmt.Sprintf(` fill="%s"`, fore)
	}
	if s.bold {
		looks += ` font-weight="bold"`
	}
	if s.faint {
		looks += ` opacity="0.7"`
	}
	if s.underline {
		looks += ` text-decoration="underline"`
	}
	return drawn + fmt.Sprintf(`<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs"%s>%s</text>`+"\n",
		x, top+fontSize-0.5, length, looks, html.EscapeString(strings.ReplaceAll(s.text, " ", "\u00a0")))
}
