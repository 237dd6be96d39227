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

// logs reads the ends of the logs of the targets. They are read side by side and written in order.
func (c *Capture) logs(ctx context.Context, subjects []subject) error {
	var keys []recording.LogKey
	lines := map[recording.LogKey]int{}
	for i := range subjects {
		s := &subjects[i]
		for _, instance := range s.instances {
			key := recording.LogKey{Namespace: s.namespace, Pod: s.name, UID: s.uid, Container: instance.container}
			keys = append(keys, key)
			lines[key] = c.LogLines
			if instance.well {
				lines[key] = min(fewLines, c.LogLines)
			}
			if instance.previous {
				key.Previous = true
				keys = append(keys, key)
				lines[key] = c.LogLines
			}
		}
	}
	return inOrder(ctx, keys, func(key recording.LogKey) recording.LogTail {
		return c.log(ctx, key, lines[key])
	}, func(key recording.LogKey, tail recording.LogTail) error {
		if tail.Failure != nil {
			c.summary.LogsRefused++
			if tail.Failure.Code == 403 {
				c.summary.refuse(recording.Request{Verb: "get", Version: "v1", Resource: "pods", Subresource: "log", Namespace: key.Namespace}, *tail.Failure)
			}
		} else {
			c.summary.Logs++
		}
		c.step("pods/log")
		return c.writer.Log(key, tail)
	})
}

// log reads the end of one log.
func (c *Capture) log(ctx context.Context, key recording.LogKey, lines int) recording.LogTail {
	ctx, cancel := context.WithTimeout(ctx, c.timeout())
	defer cancel()
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
	tail := lastBytes(string(text), c.LogBytes)
	cut := len(tail) < len(text) || strings.Count(tail, "\n") >= lines
	return recording.LogTail{Text: c.cleanLog(tail), Cut: cut}
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
