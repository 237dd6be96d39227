package capture

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

// sink is where a capture writes: a recording, or a tape of what is to be written into one.
type sink interface {
	Resource(resource recording.Resource) error
	Object(raw []byte) error
	Listed(listing recording.Listing) error
	Refused(request recording.Request, status metav1.Status) error
	Answer(key recording.AnswerKey, answer recording.Answer) error
	Log(key recording.LogKey, tail recording.LogTail) error
}

var (
	_ sink = (*recording.Writer)(nil)
	_ sink = (*tape)(nil)
)

// tape keeps what a capture wrote between its two passes: what the first one learns to be a secret may stand in objects
// that came before. It holds no object in memory, and only what the first pass has redacted already.
type tape struct {
	scratch io.ReadWriteSeeker
	zip     *zstd.Encoder
	encoder *gob.Encoder
}

// step is one call of a sink; exactly one field is set. Text goes by gob, which keeps bytes that are no UTF-8.
type step struct {
	Resource *recording.Resource
	Object   []byte
	Listing  *recording.Listing
	Refusal  *recording.Refusal
	Answer   *answerStep
	Log      *logStep
}

type answerStep struct {
	Key    recording.AnswerKey
	Answer recording.Answer
}

type logStep struct {
	Key  recording.LogKey
	Tail recording.LogTail
}

func newTape(scratch io.ReadWriteSeeker) (*tape, error) {
	// As little as it takes to be small: the tape is read once, at once.
	zip, err := zstd.NewWriter(scratch, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, fmt.Errorf("starting to compress: %w", err)
	}
	return &tape{scratch: scratch, zip: zip, encoder: gob.NewEncoder(zip)}, nil
}

func (t *tape) add(s step) error {
	if err := t.encoder.Encode(s); err != nil {
		return fmt.Errorf("keeping what was read: %w", err)
	}
	return nil
}

// Resource keeps a call.
func (t *tape) Resource(resource recording.Resource) error { return t.add(step{Resource: &resource}) }

// Object keeps a call.
func (t *tape) Object(raw []byte) error { return t.add(step{Object: raw}) }

// Listed keeps a call.
func (t *tape) Listed(listing recording.Listing) error { return t.add(step{Listing: &listing}) }

// Refused keeps a call.
func (t *tape) Refused(request recording.Request, status metav1.Status) error {
	return t.add(step{Refusal: &recording.Refusal{Request: request, Status: status}})
}

// Answer keeps a call.
func (t *tape) Answer(key recording.AnswerKey, answer recording.Answer) error {
	return t.add(step{Answer: &answerStep{key, answer}})
}

// Log keeps a call.
func (t *tape) Log(key recording.LogKey, tail recording.LogTail) error {
	return t.add(step{Log: &logStep{key, tail}})
}

// play is the second pass: all calls in their order, without what the redactor knows by now.
func (t *tape) play(ctx context.Context, redactor *redact.Redactor, into sink) error {
	if err := t.zip.Close(); err != nil {
		return fmt.Errorf("keeping what was read: %w", err)
	}
	if _, err := t.scratch.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading again what was read: %w", err)
	}
	zip, err := zstd.NewReader(t.scratch, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return fmt.Errorf("reading again what was read: %w", err)
	}
	defer zip.Close()
	for decoder := gob.NewDecoder(zip); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var s step
		switch err := decoder.Decode(&s); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading again what was read: %w", err)
		}
		if err := s.into(redactor, into); err != nil {
			return err
		}
	}
}

// into does the call anew.
func (s *step) into(redactor *redact.Redactor, into sink) error {
	again := func(failure *metav1.Status) {
		if failure != nil {
			failure.Message = redactor.Again(failure.Message)
		}
	}
	switch {
	case s.Resource != nil:
		return into.Resource(*s.Resource)
	case s.Listing != nil:
		return into.Listed(*s.Listing)
	case s.Refusal != nil:
		again(&s.Refusal.Status)
		return into.Refused(s.Refusal.Request, s.Refusal.Status)
	case s.Answer != nil:
		again(s.Answer.Answer.Failure)
		s.Answer.Key.Path = redactor.Again(s.Answer.Key.Path)
		s.Answer.Answer.Body = []byte(redactor.Again(string(s.Answer.Answer.Body)))
		return into.Answer(s.Answer.Key, s.Answer.Answer)
	case s.Log != nil:
		again(s.Log.Tail.Failure)
		s.Log.Tail.Text = redactor.Again(s.Log.Tail.Text)
		return into.Log(s.Log.Key, s.Log.Tail)
	}
	raw, err := againObject(redactor, s.Object)
	if err != nil {
		return err
	}
	return into.Object(raw)
}

// againObject is the second pass over an encoded object.
func againObject(redactor *redact.Redactor, raw []byte) ([]byte, error) {
	if !redactor.MayKnow(string(raw)) {
		return raw, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil {
		return nil, fmt.Errorf("reading again what was read: %w", err)
	}
	redactor.AgainObject(object)
	return encoded(object)
}

// encoded is an object as a recording takes it.
func encoded(object map[string]any) ([]byte, error) {
	var raw bytes.Buffer
	encoder := json.NewEncoder(&raw)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(object)
	return raw.Bytes(), err
}

// memory is a scratch for those who have none: it grows with the cluster, compressed.
type memory struct {
	data []byte
	at   int
}

func (m *memory) Write(p []byte) (int, error) {
	m.data = append(m.data, p...)
	return len(p), nil
}

func (m *memory) Read(p []byte) (int, error) {
	if m.at == len(m.data) {
		return 0, io.EOF
	}
	n := copy(p, m.data[m.at:])
	m.at += n
	return n, nil
}

// Seek goes to the beginning, the only place that is asked for.
func (m *memory) Seek(int64, int) (int64, error) {
	m.at = 0
	return 0, nil
}
