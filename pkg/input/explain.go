package input

import (
	"context"
	"errors"
	"maps"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// Explain is the sentence for what kept a file from being read: that of the message id, with the reason as its Cause, unless
// the error is a sentence of its own or only says that nobody waits any more.
func Explain(err error, id string, args message.Args) error {
	var told *message.Error
	if errors.As(err, &told) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	with := message.Args{"Cause": err.Error()}
	maps.Copy(with, args)
	return message.Errorf(err, id, with)
}
