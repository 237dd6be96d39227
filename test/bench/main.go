package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 7, "how often every command runs; the table has the medians")
	serving := flag.Int("serve", 0, "serve a cluster of so many pods, print its URL, and end with the input; nothing is measured")
	flag.Parse()
	var err error
	if *serving > 0 {
		err = serve(*serving, os.Stdin, os.Stdout)
	} else {
		err = run(*rounds, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// sizes are the numbers of pods.
var sizes = []int{1, 100, 5000}

// run measures and prints everything.
func run(rounds int, out io.Writer) error {
	if runtime.GOOS != "linux" {
		return fmt.Errorf("it reads what a program took as Linux counts it; this is %s", runtime.GOOS)
	}
	for i, pods := range sizes {
		if err := onCluster(pods, func(p *place) error { return p.compare(pods, rounds, i == 0, out) }); err != nil {
			return err
		}
	}
	return nil
}

// onCluster does something where a cluster of so many pods is served.
func onCluster(pods int, do func(*place) error) error {
	home, err := os.MkdirTemp("", "podkit-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	p, err := open(pods, home)
	if err != nil {
		return err
	}
	return errors.Join(do(p), p.stop())
}

// compare measures commands about pods; the first time also those that need no cluster.
func (p *place) compare(pods, rounds int, first bool, out io.Writer) error {
	answer, err := p.output("kubectl", "podkit", "diagnose", "-o", asLines)
	if err != nil {
		return err
	}
	ill, err := check(pods, answer)
	if err != nil {
		return err
	}
	if first {
		if err := p.about(rounds, out); err != nil {
			return err
		}
		if err := p.table("start-up", startUp(), rounds, out); err != nil {
			return err
		}
	}
	return p.table(fmt.Sprintf("Pods: %d, failing: %d", pods, failing(pods)), onPods(pods, ill), rounds, out)
}

// about prints what the numbers depend on.
func (p *place) about(rounds int, out io.Writer) error {
	kubectl, err := p.output("kubectl", "version", "--client")
	if err != nil {
		return err
	}
	podkit, err := p.output("kubectl-podkit", "version", "--client")
	if err != nil {
		return err
	}
	version := func(out string) string {
		line, _, _ := strings.Cut(out, "\n")
		return strings.TrimPrefix(line, "Client Version: ")
	}
	_, err = fmt.Fprintf(out, "%s, %s/%s with %d processors, kubectl %s, podkit %s, medians of %d rounds\n\n", time.Now().UTC().Format(time.DateOnly),
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), version(kubectl), version(podkit), rounds)
	return err
}

// table measures commands in turns, so that what keeps the machine busy meets all alike. A round before the first fills
// the caches of kubectl and of the server.
func (p *place) table(title string, commands []command, rounds int, out io.Writer) error {
	samples := make([][]sample, len(commands))
	for round := range rounds + 1 {
		for i, command := range commands {
			measured, err := p.run(command.args, io.Discard)
			if err != nil {
				return err
			}
			if round > 0 {
				samples[i] = append(samples[i], measured)
			}
		}
	}
	write(out, title, commands, samples)
	return nil
}
