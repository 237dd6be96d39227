// Picture draws what a terminal shows as an SVG: it reads the text of a screen with its colours from the standard input,
// as `tmux capture-pane -e -p` prints it, and writes the drawing to the standard output.
//
// test/screens.sh makes the pictures of docs/images with it, from real runs. Start reading at draw.
package main
