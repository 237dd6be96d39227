package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrapProse(t *testing.T) {
	tests := map[string]struct {
		text  string
		width int
		want  []string
	}{
		"empty":                          {"", 10, nil},
		"fits to the last column":        {"one two", 7, []string{"one two"}},
		"at a space":                     {"one two three", 9, []string{"one two", "three"}},
		"the space at the end is free":   {"one two three", 7, []string{"one two", "three"}},
		"names stay whole":               {"see bootcamp-5d4f or a/b-c", 14, []string{"see", "bootcamp-5d4f", "or a/b-c"}},
		"code stays whole":               {"run `kubectl get pods` now", 20, []string{"run", "`kubectl get pods`", "now"}},
		"an overlong word is cut":        {"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		"paragraphs":                     {"one\n\ntwo", 10, []string{"one", "", "two"}},
		"Chinese between characters":     {"一二三四五六", 8, []string{"一二三四", "五六"}},
		"no Chinese stop begins a line":  {"一二三四。五六", 8, []string{"一二三", "四。五六"}},
		"no Chinese comma begins a line": {"一二三四\uff0c五六", 8, []string{"一二三", "四\uff0c五六"}},
		"Chinese and names":              {"一个 Pod 总是运行在 Node 上", 12, []string{"一个 Pod 总", "是运行在", "Node 上"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := wrapProse(test.text, test.width)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			for _, line := range got {
				if widthOf(line) > test.width {
					t.Errorf("%q is %d columns wide, more than %d", line, widthOf(line), test.width)
				}
			}
		})
	}
}

func TestFold(t *testing.T) {
	tests := map[string]struct {
		line  string
		width int
		want  []string
	}{
		"empty":              {"", 4, []string{""}},
		"fits":               {"abcd", 4, []string{"abcd"}},
		"spaces are kept":    {"ab  cd  ", 4, []string{"ab  ", "cd  "}},
		"tab stops":          {"a\tb", 20, []string{"a       b"}},
		"wide characters":    {"a一二三", 4, []string{"a一", "二三"}},
		"wider than a line":  {"一", 1, []string{"一"}},
		"after a space":      {"one two three four five six", 24, []string{"one two three four five ", "    six"}},
		"in a long word":     {"a abcdefghijklmnopqrstuvwxyz", 24, []string{"a abcdefghijklmnopqrstuv", "    wxyz"}},
		"a cluster is whole": {"xe\u0301y", 2, []string{"xe\u0301", "y"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Terminal{}.fold(test.line, test.width)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if !strings.Contains(test.line, "\t") && strings.Join(got, "") != test.line && test.width < hangingWidth {
				t.Errorf("something was lost or added: %q", got)
			}
		})
	}
}
