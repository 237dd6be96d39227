package capture

import (
	"context"
	"io"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// atOnce is how many logs are read and apps are asked at a time; as many tails are in memory.
const atOnce = 8

// fewLines is what is read of a container that is well.
const fewLines = 20

// mostBytes bounds what is read of a log on the way to its end, for lines that have none.
const mostBytes = 32 << 20

// mostReads bounds how often the logs of a pod are read whose containers are restarted meanwhile.
const mostReads = 3

// heard is what was read of the logs of a pod.
type heard struct {
	keys  []recording.LogKey
	tails []recording.LogTail
	// pod is set when the containers have moved on since the pod was recorded: how it was when these logs were read.
	pod map[string]any
}

// logs reads the ends of the logs of the targets. They are read side by side and written in order.
func (c *Capture) logs(ctx context.Context, pods recording.Resource, subjects []subject) error {
	if err := c.writer.Resource(pods); err != nil {
		return err
	}
	return inOrder(ctx, subjects, func(s subject) heard {
		return c.hear(ctx, pods, s)
	}, func(_ subject, found heard) error {
		if found.pod != nil {
			if err := c.rewrite(found.pod); err != nil {
				return err
			}
		}
		for i, key := range found.keys {
			if err := c.writeLog(key, found.tails[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// hear reads the logs of a pod. Of one that is not well it looks whether they are still those of the instances that the
// pod told of, and reads both anew if they are not: a log without its instance would tell of another death.
func (c *Capture) hear(ctx context.Context, pods recording.Resource, s subject) heard {
	var found heard
	for read := 1; ; read++ {
		found.keys, found.tails = c.tails(ctx, s)
		if s.moving == "" || read == mostReads {
			return found
		}
		object, err := c.get(ctx, pods, s.namespace, s.name)
		if err != nil {
			return found // It is gone, or may only be listed: what was read is all that there is.
		}
		pod, err := podOf(object)
		if err != nil || string(pod.UID) != s.uid || standing(pod) == s.moving {
			return found
		}
		found.pod = object
		s.instances, s.moving = instancesOf(pod), standing(pod)
	}
}

// tails reads the logs of the instances of a pod.
func (c *Capture) tails(ctx context.Context, s subject) (keys []recording.LogKey, tails []recording.LogTail) {
	for _, instance := range s.instances {
		key := recording.LogKey{Namespace: s.namespace, Pod: s.name, UID: s.uid, Container: instance.container}
		lines := c.LogLines
		if instance.well {
			lines = min(fewLines, c.LogLines)
		}
		keys, tails = append(keys, key), append(tails, c.log(ctx, key, lines))
		if instance.previous {
			key.Previous = true
			keys, tails = append(keys, key), append(tails, c.log(ctx, key, c.LogLines))
		}
	}
	return keys, tails
}

func (c *Capture) writeLog(key recording.LogKey, tail recording.LogTail) error {
	if tail.Failure == nil {
		c.summary.Logs++
	} else {
		c.summary.LogsRefused++
	}
	switch {
	case tail.Broken != "":
		c.summary.lose(Loss{Namespace: key.Namespace, Cause: tail.Broken, Cut: true})
	case tail.Failure == nil:
	case tail.Failure.Code == 403:
		c.summary.refuse(recording.Refusal{Request: recording.Request{
			Verb: "get", Version: "v1", Resource: "pods", Subresource: "log", Namespace: key.Namespace,
		}, Status: *tail.Failure})
	case tail.Failure.Code != 400 && tail.Failure.Code != 404: // Those say that there is none.
		c.summary.lose(Loss{Namespace: key.Namespace, Cause: tail.Failure.Message, Code: tail.Failure.Code})
	}
	c.step("pods/log")
	return c.writer.Log(key, tail)
}

// log reads the end of one log.
func (c *Capture) log(ctx context.Context, key recording.LogKey, lines int) recording.LogTail {
	query := url.Values{"container": {key.Container}, "timestamps": {"true"}, "tailLines": {strconv.Itoa(lines)}}
	if key.Previous {
		query.Set("previous", "true")
	}
	path := "/api/v1/namespaces/" + url.PathEscape(key.Namespace) + "/pods/" + url.PathEscape(key.Pod) + "/log"
	body, err := c.Source.Open(ctx, path, query, "*/*")
	if err != nil {
		status := c.cleanStatus(statusOf(err))
		return recording.LogTail{Failure: &status}
	}
	defer body.Close()
	text, err := io.ReadAll(io.LimitReader(body, mostBytes))
	if err != nil && len(text) == 0 {
		status := c.cleanStatus(statusOf(err))
		return recording.LogTail{Failure: &status}
	}
	broken := ""
	switch {
	case err != nil:
		broken = c.cleanStatus(statusOf(err)).Message
	case len(text) == mostBytes:
		broken = "it is longer than 32 MiB"
	}
	tail := lastBytes(string(text), c.LogBytes)
	cut := len(tail) < len(text) || strings.Count(tail, "\n") >= lines
	if broken != "" {
		tail = tail[:strings.LastIndexByte(tail, '\n')+1] // Half a line could be half a secret, which has no shape.
	}
	return recording.LogTail{Text: c.cleanLog(tail), Cut: cut, Broken: broken}
}

// lastBytes is the end of a text, in whole lines: half a line could be a secret without the key that gives it away.
func lastBytes(text string, most int) string {
	if len(text) <= most {
		return text
	}
	text = text[len(text)-most:]
	_, whole, found := strings.Cut(text, "\n")
	if !found {
		return ""
	}
	return whole
}

// inOrder does work side by side, a few at a time, and hands out the results in the order of the items.
func inOrder[K, V any](ctx context.Context, items []K, work func(K) V, done func(K, V) error) error {
	for len(items) > 0 {
		batch := items[:min(atOnce, len(items))]
		items = items[len(batch):]
		results := make([]V, len(batch))
		var running sync.WaitGroup
		for i, item := range batch {
			running.Go(func() { results[i] = work(item) })
		}
		running.Wait()
		if err := ctx.Err(); err != nil {
			return err
		}
		for i, item := range batch {
			if err := done(item, results[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
