package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// column is a number of the table.
type column struct {
	title  string
	number func(sample) float64
	format func(float64) string
}

func columns() []column {
	whole := func(n float64) string { return fmt.Sprintf("%.0f", n) }
	return []column{
		{"requests", requests, whole},
		{"read", read, inBytes},
		{"time", wall, inTime},
		{"CPU", cpu, inTime},
		{"memory", memory, inBytes},
	}
}

// write prints a table of what was measured, a row a command. After a number stands its ratio to that of the base above it.
func write(out io.Writer, title string, commands []command, samples [][]sample) {
	fmt.Fprintf(out, "| %s |", title)
	for _, column := range columns() {
		fmt.Fprintf(out, " %s |", column.title)
	}
	fmt.Fprintf(out, "\n|---|%s\n", strings.Repeat("---:|", len(columns())))
	base := 0
	for i, command := range commands {
		if command.base {
			base = i
		}
		name := command.title
		if name == "" {
			name = strings.Join(command.args, " ")
		}
		fmt.Fprintf(out, "| %s |", name)
		for _, column := range columns() {
			fmt.Fprintf(out, " %s", column.format(medianOf(samples[i], column.number)))
			if !command.base && medianOf(samples[base], column.number) != 0 {
				fmt.Fprintf(out, " (%s×)", inTimes(ratioOf(samples[i], samples[base], column.number)))
			}
			fmt.Fprint(out, " |")
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out)
}

func inTimes(ratio float64) string {
	if ratio >= 10 {
		return fmt.Sprintf("%.0f", ratio)
	}
	return fmt.Sprintf("%.2f", ratio)
}

func inTime(nanoseconds float64) string {
	return fmt.Sprintf("%d ms", time.Duration(nanoseconds).Round(time.Millisecond).Milliseconds())
}

func inBytes(bytes float64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%.0f KiB", bytes/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", bytes/(1<<20))
}
