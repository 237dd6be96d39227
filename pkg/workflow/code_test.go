package workflow_test

import (
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// inCode has commands in its texts, and a parameter that looks like one.
const inCode = `
apiVersion: podkit.dev/v1alpha1
kind: Workflow
name: code
title: {en: t, zh: 题}
summary: {en: s, zh: 述}
steps:
- id: look
  title:
    en: "{{.Asked}}: ` + "`kubectl get {{.Asked}}{{.Flags}}`" + `, {{if .Asked}}or ` + "`{{.Asked}}:80{{else}}{{end}}` x" + ` {{.Asked}}"
    zh: "{{.Asked}}：` + "`kubectl get {{.Asked}}{{.Flags}}`" + `，{{if .Asked}}或 ` + "`{{.Asked}}:80{{else}}{{end}}` x" + ` {{.Asked}}"
  purpose: {en: p, zh: 目}
  action: get
  with: {path: "` + "`{{.Asked}}`" + `"}
  means: [{say: {en: m, zh: 意}}]
`

// TestValuesInCodeAreWords: between backquotes texts show commands, so that a value there is a word, or a part of one.
func TestValuesInCodeAreWords(t *testing.T) {
	vocabulary := words()
	vocabulary.Args = append(vocabulary.Args, "Asked", "Flags")
	w, err := workflow.Parse([]byte(inCode), vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	step := w.Step("look")
	for asked, want := range map[string]string{
		"web":         "web: `kubectl get web -n shop`, or `web:80` x web",
		"$(touch x)":  "$(touch x): `kubectl get '$(touch x)' -n shop`, or `'$(touch x)':80` x $(touch x)",
		"a`b":         "a`b: `kubectl get 'a\ufffdb' -n shop`, or `'a\ufffdb':80` x a`b",
		"\u202eb\nc":  "\u202eb\nc: `kubectl get '\ufffdb\ufffdc' -n shop`, or `'\ufffdb\ufffdc':80` x \u202eb\nc",
		"x<docs> 'y'": "x<docs> 'y': `kubectl get 'x<docs> '\\''y'\\' -n shop`, or `'x<docs> '\\''y'\\':80` x x<docs> 'y'",
	} {
		args := message.Args{"Asked": asked, "Flags": shellword.Fragment("-n", "shop")}
		got := w.Say(step.Title, message.English, args)
		if got != want {
			t.Errorf("%q: got %s, want %s", asked, got, want)
		}
		if got := w.Params(step, args)["path"]; got != "`"+asked+"`" {
			t.Errorf("a parameter is no text: %s", got)
		}
	}
}
