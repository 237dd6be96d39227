package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	title := flag.String("title", "", "the text of the window's title bar")
	columns := flag.Int("columns", 80, "the width of the terminal")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout, *title, *columns); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer, title string, columns int) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("reading the screen: %w", err)
	}
	_, err = io.WriteString(out, draw(parse(string(text)), title, columns))
	return err
}
