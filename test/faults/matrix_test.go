package faults

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	full   = flag.Bool("full", false, "run every command against every fault, and some with podkit's own bounds")
	update = flag.Bool("update", false, "with -full: write docs/reliability.md anew")
	dump   = flag.String("dump", "", "a file to write what every run printed to")
)

// The --request-timeout of the matrix: short where it is what ends the run, and long elsewhere, so that a busy machine is
// not taken for a server that is ill.
const (
	short = 3 * time.Second
	long  = 20 * time.Second
)

// How many runs are made at once: of those that wait for a time-out, of those that work, and of those that wait for
// podkit's own bound.
const (
	waiting = 12
	working = 3
	dozing  = 60
)

// TestFaults runs all that meets the ill server, with one program.
func TestFaults(t *testing.T) {
	program, good := build(t), cluster(t)
	t.Run("terminal", func(t *testing.T) { program.testTerminal(t, good) })
	t.Run("proxy", func(t *testing.T) { program.testProxy(t, good) })
	t.Run("matrix", func(t *testing.T) { program.testMatrix(t, good) })
}

// testMatrix runs the matrix, holds each row to the laws, and the page of the table to the rows.
func (p podkit) testMatrix(t *testing.T, good http.Handler) {
	outcomes := p.runAll(t, good, matrix(*full))
	if *dump != "" {
		write(t, *dump, outcomes)
	}
	well := map[string]outcome{}
	for _, o := range outcomes {
		if o.fault.name == "none" {
			well[o.command.name] = o
		}
	}
	for _, o := range outcomes {
		t.Run(o.String(), func(t *testing.T) { o.judge(t, well[o.command.name]) })
	}
	checkPage(t, outcomes, well)
}

// judge holds a run to the laws.
func (o outcome) judge(t *testing.T, good outcome) {
	for _, breach := range o.breaches(good) {
		t.Error(breach)
	}
	if t.Failed() {
		t.Logf("exit %d after %s\n--- stdout\n%s\n--- stderr\n%s", o.code, o.took.Round(100*time.Millisecond), shortened(o.stdout), o.stderr)
	}
}

// matrix lists the rows: all of them, or each fault on one command and the most telling faults on every command.
func matrix(all bool) []row {
	telling := []string{"none", "silent", "cut", "refused", "404", "login page", "{}", "page two refused", "no /version", "logs cut"}
	var rows []row
	for _, f := range faults() {
		for _, c := range commands() {
			if len(f.only) > 0 && !slices.Contains(f.only, c.name) || slices.Contains(f.but, c.name) {
				continue
			}
			one := row{command: c, fault: f, timeout: long, lang: "en"}
			if f.waits {
				one.timeout = short
			}
			if all || slices.Contains(telling, f.name) || c.name == "diagnose" || len(f.only) == 2 {
				rows = append(rows, one)
			}
			if all && f.everything && f.waits || all && f.name == "logs silent" && c.name == "logs" {
				one.timeout = 0
				rows = append(rows, one)
			}
			if c.name == "get" && f.name != "none" && f.everything && (all || slices.Contains(telling, f.name)) {
				one.timeout, one.lang = short, "zh"
				rows = append(rows, one)
			}
		}
	}
	return rows
}

// runAll runs the rows, and returns what came of them in their order.
func (p podkit) runAll(t *testing.T, good http.Handler, rows []row) []outcome {
	t.Helper()
	outcomes := make([]outcome, len(rows))
	waits, works, dozes := make(chan struct{}, waiting), make(chan struct{}, working), make(chan struct{}, dozing)
	var running sync.WaitGroup
	for i, r := range rows {
		slots := works
		switch r.timeout {
		case 0:
			slots = dozes
		case short:
			slots = waits
		}
		running.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			outcomes[i] = p.run(t, serve(t, good, r.fault).address, r)
		})
	}
	running.Wait()
	return outcomes
}

// write writes down what all runs printed, for somebody who looks into a failure.
func write(t *testing.T, path string, outcomes []outcome) {
	t.Helper()
	var all strings.Builder
	for _, o := range outcomes {
		fmt.Fprintf(&all, "##### %s: exit %d, %s, hung %v\n--- stdout\n%s\n--- stderr\n%s\n", o.row, o.code, o.took.Round(100*time.Millisecond), o.hung, o.stdout, o.stderr)
	}
	if err := os.WriteFile(path, []byte(all.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
