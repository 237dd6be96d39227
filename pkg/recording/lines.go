package recording

import (
	"bytes"
	"fmt"
)

// How much one member holds. A single object that is larger than that has a member of its own.
const (
	mostLines = 500
	mostBytes = 4 << 20
)

// lines is a folder of members of JSON lines. The last piece is kept in memory until it is full.
type lines struct {
	writer *Writer
	folder string

	piece bytes.Buffer
	count int
	done  int
}

// add appends a value.
func (l *lines) add(value any) error {
	raw, err := marshal(value)
	if err != nil {
		return fmt.Errorf("recording %s: %w", l.folder, err)
	}
	return l.addRaw(raw)
}

// addRaw appends JSON that is on one line.
func (l *lines) addRaw(raw []byte) error {
	if l.count == mostLines || l.count > 0 && l.piece.Len()+len(raw) >= mostBytes {
		if err := l.flush(); err != nil {
			return err
		}
	}
	l.piece.Write(raw)
	l.piece.WriteByte('\n')
	l.count++
	return nil
}

// flush writes the piece that was begun. There may be nobody to flush.
func (l *lines) flush() error {
	if l == nil || l.count == 0 {
		return nil
	}
	l.done++
	err := l.writer.member(fmt.Sprintf("%s/%04d.jsonl", l.folder, l.done), l.piece.Bytes())
	l.piece.Reset()
	l.count = 0
	return err
}
