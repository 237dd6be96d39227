package recording

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Writer streams a recording to a file. What it keeps in memory is the pieces that are being filled, a few MiB each,
// whatever the size of the cluster. The same calls make the same bytes. It is not safe for concurrent use.
type Writer struct {
	zip     *zstd.Encoder
	archive *tar.Writer

	objects                                *lines
	resources, listings, refusals, answers *lines
	// begun are the objects of the resources that came, by folder.
	begun map[string]*lines
	err   error
}

// NewWriter begins a recording. Without Close it cannot be read.
func NewWriter(w io.Writer) (*Writer, error) {
	// One goroutine: the frames of several depend on how fast each is.
	zip, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
		zstd.WithWindowSize(windowSize))
	if err != nil {
		return nil, fmt.Errorf("starting to compress: %w", err)
	}
	writer := &Writer{zip: zip, archive: tar.NewWriter(zip), begun: map[string]*lines{}}
	writer.resources = &lines{writer: writer, folder: resourcesFolder}
	writer.listings = &lines{writer: writer, folder: listingsFolder}
	writer.refusals = &lines{writer: writer, folder: refusalsFolder}
	writer.answers = &lines{writer: writer, folder: answersFolder}
	return writer, writer.value(markMember, mark{Format: formatName, Version: FormatVersion})
}

// windowSize is how far back the compression looks, which both sides keep in memory.
const windowSize = 8 << 20

// Resource describes a resource. The objects that follow are of it, until the next Resource. One that came before is taken
// up again, as it was described first.
func (w *Writer) Resource(resource Resource) error {
	if err := w.objects.flush(); err != nil {
		return err
	}
	folder, ok := objectsOf(resource.GVR())
	if !ok {
		return fmt.Errorf("recording %s: the name of the resource is not one", resource.GVR())
	}
	if earlier := w.begun[folder]; earlier != nil {
		w.objects = earlier
		return nil
	}
	w.objects = &lines{writer: w, folder: folder}
	w.begun[folder] = w.objects
	return w.resources.add(resource)
}

// Object adds an object of the last Resource, as JSON. Readers sort; a name that comes twice counts as it came last.
func (w *Writer) Object(raw []byte) error {
	if w.objects == nil {
		return errors.New("recording an object: its resource must come first")
	}
	object, _, err := parseObject(raw, DefaultLimits())
	if err != nil {
		return fmt.Errorf("recording an object: %w", err)
	}
	return w.objects.addRaw(object.Raw)
}

// Listed tells that a list was read to its end.
func (w *Writer) Listed(listing Listing) error { return w.listings.add(listing) }

// Refused tells what the server said to a request that it did not fulfil; 404 says that an object did not exist.
func (w *Writer) Refused(request Request, status metav1.Status) error {
	return w.refusals.add(Refusal{Request: request, Status: status})
}

// Answer tells what came of an active check.
func (w *Writer) Answer(key AnswerKey, answer Answer) error {
	return w.answers.add(answerLine{Key: key, Answer: answer})
}

// logMember is what is to say of a log beside its text.
type logMember struct {
	Cut     bool           `json:"cut,omitempty"`
	Broken  string         `json:"broken,omitempty"`
	Failure *metav1.Status `json:"failure,omitempty"`
}

// Log adds the end of a log.
func (w *Writer) Log(key LogKey, tail LogTail) error {
	name, ok := logOf(key)
	if !ok {
		return fmt.Errorf("recording the log of %s/%s (%s), container %s: not the name of a log", key.Namespace, key.Pod, key.UID, key.Container)
	}
	if tail.Cut || tail.Broken != "" || tail.Failure != nil {
		if err := w.value(name+logRemark, logMember{Cut: tail.Cut, Broken: tail.Broken, Failure: tail.Failure}); err != nil {
			return err
		}
	}
	if tail.Failure != nil {
		return nil
	}
	return w.member(name+logText, []byte(tail.Text))
}

// Close ends the recording; it does not close the file beneath.
func (w *Writer) Close(header Header) error {
	for _, pending := range []*lines{w.objects, w.resources, w.listings, w.refusals, w.answers} {
		if err := pending.flush(); err != nil {
			return err
		}
	}
	header.FormatVersion = FormatVersion
	header.TakenAt = header.TakenAt.UTC()
	if err := w.value(headerMember, header); err != nil {
		return err
	}
	if err := w.archive.Close(); err != nil {
		return w.failed(err)
	}
	return w.failed(w.zip.Close())
}

// value writes a member with one JSON value.
func (w *Writer) value(name string, value any) error {
	data, err := marshal(value)
	if err != nil {
		return fmt.Errorf("recording %s: %w", name, err)
	}
	return w.member(name, data)
}

// member writes one member of the archive. Its head tells nothing but name and size, so that the same input makes the same
// bytes.
func (w *Writer) member(name string, data []byte) error {
	if w.err != nil {
		return w.err
	}
	head := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(data)), Mode: 0o644, Format: tar.FormatPAX}
	if err := w.archive.WriteHeader(head); err != nil {
		return w.failed(err)
	}
	_, err := w.archive.Write(data)
	return w.failed(err)
}

// failed remembers that the file cannot be written any more.
func (w *Writer) failed(err error) error {
	if err != nil {
		w.err = fmt.Errorf("writing the recording: %w", err)
	}
	return w.err
}

// marshal is JSON on one line with sorted keys, and < and > as they are.
func marshal(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
