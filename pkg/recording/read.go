package recording

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/klauspost/compress/zstd"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Read reads a recording that Writer wrote. Every error is one sentence: that the file is none, is of a newer version,
// ends early, is damaged, holds names that are none or goes beyond a limit; but for the context's, which ends the reading.
// Nothing is ever written to a disk.
func Read(ctx context.Context, r io.Reader, limits Limits) (*Recording, error) {
	compressed := &bounded{reader: r, left: limits.Compressed}
	buffered := bufio.NewReader(compressed)
	if magic, err := buffered.Peek(len(zstdMagic)); err != nil || string(magic) != zstdMagic {
		return nil, message.Errorf(err, "recording.foreign", nil)
	}
	zip, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(windowSize), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, message.Errorf(err, "recording.foreign", nil)
	}
	defer zip.Close()
	in := &reader{
		limits:  limits,
		meter:   meter{ctx, limits.Memory},
		archive: tar.NewReader(&bounded{reader: zip, left: limits.Unpacked}),
		found:   &Recording{objects: map[schema.GroupVersionResource][]Object{}, logs: map[LogKey]LogTail{}},
	}
	if err := in.all(); err != nil {
		return nil, explain(err)
	}
	in.found.settle()
	return in.found, in.check()
}

// zstdMagic is how a zstd frame begins (RFC 8878, 3.1.1).
const zstdMagic = "\x28\xb5\x2f\xfd"

// reader goes through an archive.
type reader struct {
	limits  Limits
	meter   meter
	archive *tar.Reader
	// data is the member that is read; the next one takes its place.
	data  bytes.Buffer
	found *Recording

	members, objects, entries int
	ended                     bool
}

// errLimit is an input that is larger than it may be.
var errLimit = errors.New("it is larger than podkit reads")

// errMemory is an input that would take more memory than it may.
var errMemory = fmt.Errorf("%w: it would take more memory than a recording may", errLimit)

// damaged is an archive that Writer did not write so.
type damaged struct {
	member string
	err    error
}

func (d damaged) Error() string { return d.member + ": " + d.err.Error() }
func (d damaged) Unwrap() error { return d.err }

// explain finds the sentence for what stopped the reading.
func explain(err error) error {
	var told *message.Error
	switch {
	case errors.As(err, &told), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errLimit), errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return message.Errorf(err, "recording.limit", message.Args{"Cause": err.Error()})
	case errors.Is(err, io.ErrUnexpectedEOF):
		return message.Errorf(err, "recording.cut", nil)
	default:
		return message.Errorf(err, "recording.damaged", message.Args{"Cause": err.Error()})
	}
}

// all reads the members to the last one, the header.
func (r *reader) all() error {
	if err := r.mark(); err != nil {
		return err
	}
	for {
		name, data, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.member(name, data); err != nil {
			return err
		}
	}
}

// mark reads the first member, which says what the file is.
func (r *reader) mark() error {
	name, data, err := r.next()
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errLimit) {
		return err
	}
	var found mark
	if err != nil || name != markMember || json.Unmarshal(data, &found) != nil || found.Format != formatName {
		return message.Errorf(err, "recording.foreign", nil)
	}
	if found.Version > FormatVersion {
		return message.Errorf(nil, "recording.newer", message.Args{"Version": found.Version, "Known": FormatVersion})
	}
	return nil
}

// next reads the next member.
func (r *reader) next() (string, []byte, error) {
	head, err := r.archive.Next()
	if err != nil {
		return "", nil, err
	}
	if r.members++; r.members > r.limits.Members || head.Size > r.limits.Member {
		return "", nil, damaged{head.Name, errLimit}
	}
	if head.Typeflag != tar.TypeReg || !fs.ValidPath(head.Name) || strings.Contains(head.Name, `\`) {
		return "", nil, damaged{head.Name, errors.New("a recording has no such member")}
	}
	if err := r.meter.ctx.Err(); err != nil {
		return "", nil, err
	}
	r.data.Reset()
	if _, err := io.Copy(&r.data, io.LimitReader(r.archive, r.limits.Member)); err != nil {
		return "", nil, damaged{head.Name, err}
	}
	return head.Name, r.data.Bytes(), nil
}

// check says whether the reading came to an end that Writer made.
func (r *reader) check() error {
	if !r.ended {
		return message.Errorf(nil, "recording.cut", nil)
	}
	for gvr := range r.found.objects {
		if _, known := r.found.Resource(gvr); !known {
			return message.Errorf(nil, "recording.damaged", message.Args{"Cause": "objects of " + gvr.String() + ", which is not described"})
		}
	}
	return nil
}

// bounded fails after so many bytes.
type bounded struct {
	reader io.Reader
	left   int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLimit
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.reader.Read(p)
	b.left -= int64(n)
	return n, err
}
