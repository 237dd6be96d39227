package notice

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/test/screen"
)

func TestWaiting(t *testing.T) {
	wait := cluster.Wait{Server: "https://api", Verb: "list", Resource: "pods", Namespace: "shop", For: 3 * time.Second}
	pause := wait
	pause.Pause, pause.Namespace = 5*time.Second, ""
	for lang, want := range map[message.Language]string{
		message.English: "\r\x1b[KWaiting for https://api: list pods in shop, 3 s\r\r\x1b[KPausing 5 s, as https://api asks: list pods, 3 s\r\r\x1b[K.",
		message.Chinese: "\r\x1b[K正在等待 https://api：list pods（命名空间 shop），已等 3 秒\r\r\x1b[K按 https://api 的要求暂停 5 秒：list pods，已等 3 秒\r\r\x1b[K.",
	} {
		s := screen.New(t, 100, 24)
		out := s.Streams().Out
		w := NewWaiting(NewLine(out), func() (*message.Catalog, error) { return message.NewCatalog(lang) })
		w.Waiting(wait)
		w.Waiting(pause)
		w.Answered()
		w.Answered()
		fmt.Fprint(out, ".")
		s.Await(".")
		if got := s.Shown(); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	var pipe bytes.Buffer
	w := NewWaiting(NewLine(&pipe), func() (*message.Catalog, error) {
		t.Error("nobody sees it")
		return message.NewCatalog(message.English)
	})
	w.Waiting(wait)
	w.Answered()
	if pipe.Len() > 0 {
		t.Errorf("a pipe is told %q", pipe.String())
	}
}
