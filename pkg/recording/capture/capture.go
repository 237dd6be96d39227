package capture

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Capture is one capture of a cluster.
type Capture struct {
	Source Source
	// Selections are the targets.
	Selections []target.Selection
	// LogLines and LogBytes bound the end of one log.
	LogLines, LogBytes int
	// Active allows asking the apps what their probes ask.
	Active bool
	// Timeout is that of --request-timeout, 0 for none: apps are not waited for longer. What is asked of the server itself
	// is bounded by its Source.
	Timeout time.Duration
	// Redactor takes out secrets; nil leaves them, but for Secrets and ConfigMaps, whose values are never recorded.
	Redactor *redact.Redactor
	// Scratch holds the capture between its two passes, where it is redacted by what was known so far. It begins empty, is for
	// nobody else to read, and the caller does away with it. Without one it is in memory. It is not used without a Redactor.
	Scratch io.ReadWriteSeeker
	// Header says what is asked for; the capture fills in the server and the redaction.
	Header recording.Header
	// Step, if set, is told of each object, log and answer, by resource.
	Step func(resource string)

	writer  sink
	summary Summary
}

// Run reads and writes. An error ends it and leaves what was written without its end, which no reader takes; what the
// server refused is no error, unless no pod could be read at all.
//
// With a redactor it goes in two passes: the first one reads, redacts and learns, the second takes out of everything what
// turned out to be a secret in one place.
func (c *Capture) Run(ctx context.Context, writer *recording.Writer) (*Summary, error) {
	c.writer, c.summary = writer, Summary{}
	c.Header.Redaction = recording.Redaction{Mode: "off"}
	if c.Redactor == nil {
		if err := c.read(ctx); err != nil {
			return nil, err
		}
	} else if err := c.twice(ctx, writer); err != nil {
		return nil, err
	}
	c.summary.sort()
	return &c.summary, writer.Close(c.Header)
}

// twice is the two passes.
func (c *Capture) twice(ctx context.Context, writer *recording.Writer) error {
	if c.Scratch == nil {
		c.Scratch = &memory{}
	}
	first, err := newTape(c.Scratch)
	if err != nil {
		return err
	}
	c.writer = first
	if err := c.read(ctx); err != nil {
		return err
	}
	if err := first.play(ctx, c.Redactor, writer); err != nil {
		return err
	}
	for i := range c.summary.Refused {
		status := &c.summary.Refused[i].Status
		status.Message = c.Redactor.Again(status.Message)
	}
	c.Header.Redaction.Mode = "on"
	c.summary.Redacted = c.Redactor.Report()
	for _, rule := range c.summary.Redacted {
		c.Header.Redaction.Rules = append(c.Header.Redaction.Rules, recording.RedactionRule{Rule: rule.Rule, Count: rule.Count})
	}
	return nil
}

// read goes through the server.
func (c *Capture) read(ctx context.Context) error {
	resources, err := c.server(ctx)
	if err != nil {
		return err
	}
	round, err := newRound(c, resources)
	if err != nil {
		return err
	}
	if err := round.all(ctx); err != nil {
		return err
	}
	c.summary.Targets = len(round.subjects)
	if pods, known := served(resources, "", "pods"); known {
		if err := c.logs(ctx, pods, round.subjects); err != nil {
			return err
		}
	}
	if c.Active {
		return c.answers(ctx, round.subjects)
	}
	return nil
}

// server asks the server what it is and has. A recording is worth taking without its answers: the kinds that every server
// has are asked for all the same.
func (c *Capture) server(ctx context.Context) ([]recording.Resource, error) {
	version, err := c.Source.Version(ctx)
	if err := c.untold(ctx, "/version", err); err != nil {
		return nil, err
	}
	c.Header.Server = version
	resources, err := c.Source.Resources(ctx)
	if err == nil && len(resources) == 0 {
		err = errors.New("the server lists no resources")
	}
	if err == nil {
		return resources, nil
	}
	return withBuiltIn(resources), c.untold(ctx, "/apis", err)
}

// untold records that the server did not tell of itself.
func (c *Capture) untold(ctx context.Context, path string, err error) error {
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return c.refused(recording.Request{Verb: "get", Resource: path}, err)
}

// UnreadError is a request without which there is no recording: for pods.
type UnreadError struct {
	Verb, Resource, Namespace string
	Err                       error
}

func (e *UnreadError) Error() string { return e.Verb + " " + e.Resource + ": " + e.Err.Error() }

// Unwrap returns what the server said.
func (e *UnreadError) Unwrap() error { return e.Err }

// namespacesOf are the namespaces of the targets, sorted; a single empty one means all of them.
func namespacesOf(selections []target.Selection) []string {
	var all []string
	for i := range selections {
		all = append(all, selections[i].Namespace)
	}
	if slices.Contains(all, "") {
		return []string{""}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// write records an object without its secrets.
func (c *Capture) write(resource recording.Resource, object map[string]any) error {
	c.summary.count(resource.Name)
	if metadata, _ := object["metadata"].(map[string]any); resource.Namespaced {
		namespace, _ := metadata["namespace"].(string)
		if slices.ContainsFunc(c.Selections, func(s target.Selection) bool { return s.Namespace == "" || s.Namespace == namespace }) {
			c.summary.Within++
		}
	}
	c.step(resource.Name)
	return c.rewrite(object)
}

// rewrite records an object in the place of an earlier one of its name.
func (c *Capture) rewrite(object map[string]any) error {
	if c.Redactor != nil {
		c.Redactor.Object(object)
	} else {
		redact.Bare(object)
	}
	raw, err := encoded(object)
	if err != nil {
		return err
	}
	return c.writer.Object(raw)
}

// refused records what the server did not fulfil. That a named object does not exist is an answer.
func (c *Capture) refused(request recording.Request, err error) error {
	status := c.cleanStatus(statusOf(err))
	if status.Code != 404 || request.Name == "" {
		c.summary.refuse(recording.Refusal{Request: request, Status: status})
	}
	return c.writer.Refused(request, status)
}

// cleanStatus takes secrets out of what the server said.
func (c *Capture) cleanStatus(status metav1.Status) metav1.Status {
	if c.Redactor != nil {
		status.Message = c.Redactor.Text(status.Message)
	}
	return status
}

func (c *Capture) cleanLog(text string) string {
	if c.Redactor == nil {
		return text
	}
	return c.Redactor.Log(text)
}

func (c *Capture) step(resource string) {
	if c.Step != nil {
		c.Step(resource)
	}
}
