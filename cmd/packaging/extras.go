package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// completer is the program that kubectl asks to complete the plugin, for archives, where a link cannot be relied on.
const completer = `#!/bin/sh
# kubectl asks the program of this name on the PATH for the completion of "kubectl podkit".
exec kubectl podkit __complete "$@" 2>/dev/null
`

// writeExtras writes man pages, completion scripts and kubectl's completer into a directory, the same bytes for the same
// commands and date.
func writeExtras(root *cobra.Command, date time.Time, dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, "kubectl_complete-podkit"), 0o755, text(completer)); err != nil {
		return err
	}
	scripts := map[string]func(io.Writer) error{
		"kubectl-podkit.bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"_kubectl-podkit":     root.GenZshCompletion,
		"kubectl-podkit.fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) },
	}
	for name, script := range scripts {
		if err := writeFile(filepath.Join(dir, "completion", name), 0o644, script); err != nil {
			return err
		}
	}
	// Its default is the home directory of whoever makes the release.
	root.PersistentFlags().Lookup("cache-dir").DefValue = "$HOME/.kube/cache"
	root.InitDefaultHelpCmd()
	return writeManPages(root, date, filepath.Join(dir, "man"))
}

// writeManPages writes the page of a command and those of all below it, compressed as distributions want them.
func writeManPages(cmd *cobra.Command, date time.Time, dir string) error {
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	cmd.DisableAutoGenTag = true
	page := func(w io.Writer) error {
		compressed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			return err
		}
		header := &doc.GenManHeader{Title: strings.ToUpper(name), Section: "1", Source: "podkit", Manual: "kubectl podkit", Date: &date}
		if err := doc.GenMan(cmd, header, compressed); err != nil {
			return err
		}
		return compressed.Close()
	}
	if err := writeFile(filepath.Join(dir, name+".1.gz"), 0o644, page); err != nil {
		return err
	}
	for _, below := range cmd.Commands() {
		if !below.IsAvailableCommand() && !below.IsAdditionalHelpTopicCommand() || below.Name() == "help" {
			continue
		}
		if err := writeManPages(below, date, dir); err != nil {
			return err
		}
	}
	return nil
}

// text writes a text that is known.
func text(known string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, known)
		return err
	}
}

// writeFile makes a file and the directories above it.
func writeFile(path string, mode os.FileMode, write func(io.Writer) error) error {
	var content bytes.Buffer
	if err := write(&content); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content.Bytes(), mode)
}
