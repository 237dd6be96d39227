package process

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// PartError is the failure of one part. Its text ends in the log file's name and last lines, so that the reader has
// the program's own words.
type PartError struct {
	Part string
	Err  error
	// Log is the path of the part's log.
	Log string
	// Tail is the end of that log as it was at the moment of the failure.
	Tail string
}

// Error implements error.
func (e *PartError) Error() string {
	if e.Tail == "" {
		return fmt.Sprintf("%s: %v\n  its log is empty: %s", e.Part, e.Err, e.Log)
	}
	return fmt.Sprintf("%s: %v\n  the end of %s:\n    %s", e.Part, e.Err, e.Log, strings.ReplaceAll(e.Tail, "\n", "\n    "))
}

// Unwrap gives the cause.
func (e *PartError) Unwrap() error { return e.Err }

// NewPartError makes the error of a part whose log lies in a file.
func NewPartError(part string, err error, log string) *PartError {
	const lines = 12
	tail, readErr := Tail(log, lines)
	if readErr != nil {
		tail = readErr.Error()
	}
	return &PartError{Part: part, Err: err, Log: log, Tail: tail}
}

// Tail returns the last lines of a file, at most 16 KiB of it; a missing file is empty.
func Tail(file string, lines int) (string, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading log: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("reading log: %w", err)
	}
	const window = 16 << 10
	from := max(0, info.Size()-window)
	data, err := io.ReadAll(io.NewSectionReader(f, from, window))
	if err != nil {
		return "", fmt.Errorf("reading log: %w", err)
	}
	data = bytes.TrimRight(data, "\n")
	all := strings.Split(string(data), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n"), nil
}
