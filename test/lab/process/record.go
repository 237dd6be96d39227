package process

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/kubectl-podkit/podkit/test/lab/file"
)

// Record is what is remembered of a started part.
type Record struct {
	Identity
	// Digest is the [Spec.Digest] that the process was started with; another one means that it must be restarted.
	Digest string `json:"digest"`
}

// ReadRecord reads a record; a missing or torn file is an empty record, whose process is not alive.
func ReadRecord(path string) (Record, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Record{}, nil
	}
	if err != nil {
		return Record{}, fmt.Errorf("reading process record: %w", err)
	}
	var r Record
	if json.Unmarshal(data, &r) != nil {
		return Record{}, nil //nolint:nilerr // A torn file is an empty record.
	}
	return r, nil
}

// Write stores the record in one step, so that no reader sees half of it.
func (r Record) Write(path string) error {
	data, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("writing process record: %w", err)
	}
	return file.Write(path, data, 0o644)
}
