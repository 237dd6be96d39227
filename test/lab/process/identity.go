package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Identity names one process for ever: a pid is reused, a pid with its start time and the machine's boot is not.
type Identity struct {
	PID int `json:"pid"`
	// Start is the time at which the process was started, in clock ticks since boot: field 22 of /proc/PID/stat.
	Start uint64 `json:"start"`
	// Boot is the machine's boot ID, without which a record from before a reboot could match by chance.
	Boot string `json:"boot"`
}

// ErrGone says that a process has ended, a zombie included.
var ErrGone = errors.New("the process has ended")

// Identify reads the identity of a running process. It wraps [ErrGone] if there is none, or only a zombie.
func Identify(pid int) (Identity, error) { return identify("/proc", pid) }

func identify(proc string, pid int) (Identity, error) {
	stat, err := os.ReadFile(filepath.Join(proc, strconv.Itoa(pid), "stat"))
	if err != nil {
		return Identity{}, fmt.Errorf("process %d: %w", pid, ErrGone)
	}
	state, start, err := parseStat(stat)
	if err != nil {
		return Identity{}, fmt.Errorf("reading /proc/%d/stat: %w", pid, err)
	}
	if state == 'Z' || state == 'X' {
		return Identity{}, fmt.Errorf("process %d: %w", pid, ErrGone)
	}
	boot, err := os.ReadFile(filepath.Join(proc, "sys/kernel/random/boot_id"))
	if err != nil {
		return Identity{}, fmt.Errorf("reading the boot ID: %w; is /proc mounted?", err)
	}
	return Identity{PID: pid, Start: start, Boot: strings.TrimSpace(string(boot))}, nil
}

// parseStat takes the state and the start time out of a /proc/PID/stat line. The command name, the second field, is in
// parentheses and may itself hold spaces and parentheses, so that counting starts after the last one.
func parseStat(stat []byte) (state byte, start uint64, err error) {
	end := bytes.LastIndexByte(stat, ')')
	if end < 0 {
		return 0, 0, fmt.Errorf("no command name in %q", stat)
	}
	const stateField, startField = 3, 22
	fields := strings.Fields(string(stat[end+1:]))
	if len(fields) <= startField-stateField {
		return 0, 0, fmt.Errorf("only %d fields after the command name", len(fields))
	}
	start, err = strconv.ParseUint(fields[startField-stateField], 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("start time: %w", err)
	}
	return fields[0][0], start, nil
}

// Alive reports whether this very process still runs.
func (i Identity) Alive() bool {
	if i.PID <= 0 {
		return false
	}
	now, err := Identify(i.PID)
	return err == nil && now == i
}
