package capture

import (
	"os"
	"path/filepath"
)

// scratch is the file between the two passes of a capture, for its owner alone. It stands beside the target, where there is
// room for it, and loses its name at once where the system allows that: then nothing of it is left however the process ends.
type scratch struct {
	file *os.File
	sized
}

// newScratch makes the file. The caller closes it.
func newScratch(beside string) (*scratch, error) {
	file, err := os.CreateTemp(filepath.Dir(beside), "."+filepath.Base(beside)+".pass.*")
	if err != nil {
		return nil, err
	}
	// Windows keeps the name of an open file; Close takes it away there.
	_ = os.Remove(file.Name())
	return &scratch{file: file, sized: sized{writer: file}}, nil
}

func (s *scratch) Read(p []byte) (int, error) { return s.file.Read(p) }

func (s *scratch) Seek(offset int64, whence int) (int64, error) { return s.file.Seek(offset, whence) }

// Close does away with the file.
func (s *scratch) Close() error {
	err := s.file.Close()
	if removed := os.Remove(s.file.Name()); removed != nil && !os.IsNotExist(removed) {
		return removed
	}
	return err
}
