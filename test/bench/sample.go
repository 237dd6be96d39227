package main

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// sample is what one run of a program cost.
type sample struct {
	wall time.Duration
	// cpu is the time of all processors that the program itself took: other programs that keep the machine busy make wall
	// longer, and cpu hardly.
	cpu time.Duration
	// memory is the most that was resident, in bytes.
	memory int64
	traffic
}

// measure runs a program. What it replaces itself with, as kubectl does with a plugin, counts as the same. On Linux a process
// begins with the memory of the one that started it as its highest, so less than that of this process cannot be told.
func measure(program *exec.Cmd) (sample, error) {
	began := time.Now()
	err := program.Run()
	wall := time.Since(began)
	if err != nil {
		return sample{}, err
	}
	used, ok := program.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return sample{}, errors.New("the system does not tell what the program used")
	}
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		return sample{}, err
	}
	if used.Maxrss <= own.Maxrss {
		return sample{}, fmt.Errorf("it took no more memory than the benchmark itself, %d KiB", own.Maxrss)
	}
	return sample{
		wall: wall, cpu: program.ProcessState.UserTime() + program.ProcessState.SystemTime(),
		memory: used.Maxrss << 10, // getrusage(2): in kilobytes.
	}, nil
}

// The numbers of a sample, by column.
func wall(s sample) float64     { return float64(s.wall) }
func cpu(s sample) float64      { return float64(s.cpu) }
func memory(s sample) float64   { return float64(s.memory) }
func requests(s sample) float64 { return float64(s.Requests) }
func read(s sample) float64     { return float64(s.Bytes) }

// median is the middle number, the lower of two.
func median(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	return sorted[(len(sorted)-1)/2]
}

// medianOf is the median of one number of samples.
func medianOf(samples []sample, number func(sample) float64) float64 {
	numbers := make([]float64, len(samples))
	for i, s := range samples {
		numbers[i] = number(s)
	}
	return median(numbers)
}

// ratioOf is the median of the ratios of a number to that of other samples of the same rounds: what slowed the machine down
// in one round did so on both sides.
func ratioOf(samples, beside []sample, number func(sample) float64) float64 {
	ratios := make([]float64, len(samples))
	for i := range samples {
		ratios[i] = number(samples[i]) / number(beside[i])
	}
	return median(ratios)
}
