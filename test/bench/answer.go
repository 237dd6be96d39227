package main

import (
	"fmt"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// asLines has podkit print a line a pod: its name and its root cause. That is little, since the memory that this process takes
// is a floor of what it measures (see measure).
const asLines = `jsonpath={range .targets[*]}{.object.name} {.rootCause.id}{"\n"}{end}`

// check compares podkit's answer with what there is: how fast a wrong one comes does not matter. It returns the name of a
// failing pod.
func check(pods int, answer string) (string, error) {
	want := map[string]int{}
	for _, w := range plan(pods) {
		cause := ""
		for _, failure := range causes {
			if failure.model == w.model {
				cause = failure.cause
			}
		}
		want[cause] += w.pods
	}
	found, ill := map[string]int{}, ""
	for line := range strings.Lines(answer) {
		name, cause, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		found[cause]++
		if cause != "" {
			ill = name
		}
	}
	if diff := cmp.Diff(want, found); diff != "" {
		return "", fmt.Errorf("podkit finds other root causes in %d pods than there are (-are +found):\n%s", pods, diff)
	}
	return ill, nil
}
