// Command packaging makes what a release carries beside the binaries, from what the commands and the release say of
// themselves: man pages and completion scripts, the krew manifest, and a configuration of goreleaser for some targets.
//
//	packaging extras -date UNIX DIRECTORY
//	packaging krew [-tag TAG -checksums FILE] [TEMPLATE]
//	packaging targets OS/ARCH...
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/kubectl-podkit/podkit/pkg/cli"
	"github.com/kubectl-podkit/podkit/pkg/cli/environment"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "packaging:", err)
		os.Exit(1)
	}
}

// errUsage is what a command line that is not understood gets.
var errUsage = errors.New("usage: packaging extras -date UNIX DIRECTORY | krew [-tag TAG -checksums FILE] [TEMPLATE] | targets OS/ARCH [OS/ARCH ...]")

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return errUsage
	}
	switch args[0] {
	case "extras":
		return extrasCommand(args[1:])
	case "krew":
		return krewCommand(args[1:], out)
	case "targets":
		return targetsCommand(args[1:], out)
	}
	return errUsage
}

func extrasCommand(args []string) error {
	flags := flag.NewFlagSet("extras", flag.ContinueOnError)
	date := flags.Int64("date", 0, "time of the commit, in seconds")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 || *date <= 0 {
		return errUsage
	}
	streams, _, _, _ := genericiooptions.NewTestIOStreams()
	root := cli.NewCommand(environment.New(streams, func(string) string { return "" }))
	return writeExtras(root, time.Unix(*date, 0).UTC(), flags.Arg(0))
}

func krewCommand(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("krew", flag.ContinueOnError)
	tag := flags.String("tag", "", "the release's tag; without one, the manifest of a plugin that has none yet")
	checksums := flags.String("checksums", "", "the release's checksums.txt")
	if err := flags.Parse(args); err != nil {
		return err
	}
	path := ".krew.yaml"
	if flags.NArg() > 0 {
		path = flags.Arg(0)
	}
	template, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if *tag == "" {
		manifest, err := unreleased(string(template))
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, manifest)
		return err
	}
	data, err := os.ReadFile(*checksums)
	if err != nil {
		return err
	}
	manifest, err := render(string(template), *tag, parseChecksums(string(data)))
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, manifest)
	return err
}

func targetsCommand(args []string, out io.Writer) error {
	config, err := os.ReadFile(".goreleaser.yaml")
	if err != nil {
		return err
	}
	some, err := withTargets(config, args)
	if err != nil {
		return err
	}
	_, err = out.Write(some)
	return err
}
