package main

import (
	"strings"
	"testing"
	"time"
)

// TestWrite: medians, and the medians of the ratios of each round.
func TestWrite(t *testing.T) {
	at := func(wall time.Duration, requests int64) sample {
		return sample{wall: wall * time.Millisecond, cpu: time.Millisecond, memory: 40 << 20, traffic: traffic{requests, 512 << 10}}
	}
	commands := []command{
		{args: []string{"kubectl", "get"}, base: true},
		{title: "ours", args: []string{"x"}},
		{args: []string{"kubectl", "version"}, base: true},
	}
	samples := [][]sample{
		{at(10, 1), at(200, 1), at(20, 1)}, // The second round met a busy machine.
		{at(30, 4), at(600, 4), at(20, 4)},
		{at(7, 0), at(7, 0), at(7, 0)},
	}
	var out strings.Builder
	write(&out, "what", commands, samples)
	want := `| what | requests | read | time | CPU | memory |
|---|---:|---:|---:|---:|---:|
| kubectl get | 1 | 512 KiB | 20 ms | 1 ms | 40.0 MiB |
| ours | 4 (4.00×) | 512 KiB (1.00×) | 30 ms (3.00×) | 1 ms (1.00×) | 40.0 MiB (1.00×) |
| kubectl version | 0 | 512 KiB | 7 ms | 1 ms | 40.0 MiB |

`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
