package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	got := parse("\x1b[1m\x1b[36m❯ b\x1b[0m 状态\nplain \x1b[38;5;9mred\x1b[39m\n")
	bold := style{fore: 7, bold: true}
	want := [][]stretch{
		{
			{style: bold, column: 0, cells: 3, text: "❯ b"},
			{column: 3, cells: 1, text: " "},
			{column: 4, cells: 4, text: "状态", wide: true},
		},
		{
			{column: 0, cells: 6, text: "plain "},
			{style: style{fore: 10}, column: 6, cells: 3, text: "red"},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(stretch{}, style{})); diff != "" {
		t.Errorf("stretches (-want +got):\n%s", diff)
	}
}

func TestDrawing(t *testing.T) {
	var out strings.Builder
	if err := run(strings.NewReader("a <b> & \x1b[31;7mc\x1b[0m\n   \n\x1b[2m状态\x1b[0m\n"), &out, `kubectl "podkit"`, 40); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for decoder := xml.NewDecoder(strings.NewReader(out.String())); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, out.String())
		}
		if text, ok := token.(xml.CharData); ok && strings.TrimSpace(string(text)) != "" {
			texts = append(texts, string(text))
		}
	}
	if diff := cmp.Diff([]string{`kubectl "podkit"`, "a\u00a0<b>\u00a0&\u00a0", "c", "状态"}, texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	for _, want := range []string{`x="14.0"`, `textLength="33.6" lengthAdjust="spacingAndGlyphs" opacity="0.7"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %s in\n%s", want, out.String())
		}
	}
}
