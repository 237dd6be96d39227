// Package script holds the scripts that call podkit as its users do, by argv, environment and streams, without a
// cluster. Each *.txtar file beside this one is a script of testscript (github.com/rogpeppe/go-internal/testscript):
// `exec kubectl-podkit` in it runs the real main, and KUBECONFIG names an API server that answers with the files of
// testdata/api. Start reading at pods.txtar.
package script
