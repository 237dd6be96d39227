//go:build browser

package html_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// browser is a page of a headless Chromium, spoken to over the DevTools protocol.
type browser struct {
	t      *testing.T
	socket *websocket.Conn
	last   int
	// said is everything that the console and the log of the page have been told.
	said []string
}

// open starts Chromium and ends it with the test.
func open(t *testing.T) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("no chromium; on Debian: apt-get install chromium fonts-noto-cjk (%v)", err)
	}
	profile := t.TempDir()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	command := exec.CommandContext(
		ctx, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--hide-scrollbars", "--user-data-dir="+profile, "--remote-debugging-port=0", "about:blank",
	)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = command.Wait() // It was killed.
		_ = os.RemoveAll(profile)
	})
	b := &browser{t: t}
	b.socket = b.connect(filepath.Join(profile, "DevToolsActivePort"))
	t.Cleanup(func() { _ = b.socket.Close() })
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil)
	}
	return b
}

// connect waits until Chromium has written its port, and joins the first page.
func (b *browser) connect(portFile string) *websocket.Conn {
	b.t.Helper()
	ticks := time.NewTicker(100 * time.Millisecond)
	defer ticks.Stop()
	for range 600 {
		<-ticks.C
		text, err := os.ReadFile(portFile)
		port, _, whole := strings.Cut(string(text), "\n")
		if err != nil || !whole {
			continue
		}
		response, err := http.Get("http://127.0.0.1:" + port + "/json/list")
		if err != nil {
			continue
		}
		var pages []struct {
			Type string `json:"type"`
			URL  string `json:"webSocketDebuggerUrl"`
		}
		err = json.NewDecoder(response.Body).Decode(&pages)
		_ = response.Body.Close()
		for _, page := range pages {
			if err != nil || page.Type != "page" {
				continue
			}
			socket, response, err := websocket.DefaultDialer.Dial(page.URL, nil)
			if err != nil {
				b.t.Fatal(err)
			}
			_ = response.Body.Close()
			return socket
		}
	}
	b.t.Fatal("chromium did not start within a minute")
	return nil
}

// event is a message of the protocol: an answer to a call, or what happened on the page.
type event struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// call calls a method and returns its answer.
func (b *browser) call(method string, params any) json.RawMessage {
	b.t.Helper()
	b.last++
	if params == nil {
		params = struct{}{}
	}
	if err := b.socket.WriteJSON(map[string]any{"id": b.last, "method": method, "params": params}); err != nil {
		b.t.Fatal(err)
	}
	for {
		event := b.next()
		if event.ID != b.last {
			continue
		}
		if event.Error != nil {
			b.t.Fatalf("%s: %s", method, event.Error.Message)
		}
		return event.Result
	}
}

// next reads one message, and remembers it when it tells of trouble on the page.
func (b *browser) next() event {
	b.t.Helper()
	if err := b.socket.SetReadDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		b.t.Fatal(err)
	}
	var read event
	if err := b.socket.ReadJSON(&read); err != nil {
		b.t.Fatal(err)
	}
	switch read.Method {
	case "Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown":
		b.said = append(b.said, string(read.Params))
	case "Network.requestWillBeSent":
		if !strings.Contains(string(read.Params), `"url":"file://`) {
			b.said = append(b.said, "a request: "+string(read.Params))
		}
	}
	return read
}

// visit opens a file and waits until it is loaded.
func (b *browser) visit(path string) {
	b.t.Helper()
	b.said = nil
	b.call("Page.navigate", map[string]any{"url": "file://" + path})
	for b.next().Method != "Page.loadEventFired" {
		continue
	}
}

// resize makes the window of a size, a phone's when it is narrow, in a colour scheme.
func (b *browser) resize(width int, scheme string) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500})
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}})
}

// evaluate returns the value of an expression on the page.
func (b *browser) evaluate(expression string) string {
	b.t.Helper()
	var answer struct {
		Result struct {
			Value any `json:"value"`
		} `json:"result"`
	}
	if err := json.Unmarshal(b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}), &answer); err != nil {
		b.t.Fatal(err)
	}
	return fmt.Sprint(answer.Result.Value)
}

// data is what a method returns as base64.
func (b *browser) data(method string, params any) []byte {
	b.t.Helper()
	var answer struct {
		Data []byte `json:"data"`
	}
	if err := json.Unmarshal(b.call(method, params), &answer); err != nil {
		b.t.Fatal(err)
	}
	return answer.Data
}
