package faults

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/kubectl-podkit/podkit/pkg/input"
	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/server"
)

// demo is a recording of a real server: namespace shop with healthy and crashing Pods, and their logs.
const demo = "../../pkg/cli/demo/shop.podkit"

// cluster is a server with which nothing is wrong: the demo's, with all that it holds for all that there is, so that no
// read is outside of it; and with Pods that answer exec and HTTP.
func cluster(t *testing.T) http.Handler {
	t.Helper()
	taken, err := recording.Open(t.Context(), input.Files{}, demo, recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	whole, err := recording.Read(t.Context(), bytes.NewReader(copied(t, taken)), recording.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	objects := server.Handler(whole)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/exec"):
			run(w, r)
		case strings.Contains(r.URL.Path, "/proxy"):
			_, _ = io.WriteString(w, "hello from the app\n")
		default:
			objects.ServeHTTP(w, r)
		}
	})
}

// copied is a recording with the lists of all its resources complete.
func copied(t *testing.T, taken *recording.Recording) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := recording.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, resource := range taken.Resources {
		must(w.Resource(resource))
		for _, object := range taken.Objects(resource.GVR()) {
			must(w.Object(object.Raw))
		}
		must(w.Listed(recording.Listing{Group: resource.Group, Version: resource.Version, Resource: resource.Name}))
	}
	for _, key := range taken.LogKeys() {
		tail, _ := taken.Log(key)
		must(w.Log(key, tail))
	}
	must(w.Close(taken.Header))
	return out.Bytes()
}

// The streams of a session (k8s.io/apimachinery pkg/util/remotecommand, and client-go tools/remotecommand/v5.go).
const (
	protocol    = "v5.channel.k8s.io"
	outChannel  = 1
	codeChannel = 3
)

// run is a Pod in which every command prints a line and ends well.
func run(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{Subprotocols: []string{protocol}}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered.
	}
	defer conn.Close()
	status, err := json.Marshal(map[string]any{"kind": "Status", "apiVersion": "v1", "status": "Success"})
	if err != nil {
		return
	}
	for channel, data := range map[byte][]byte{outChannel: []byte("hello from the shell\n"), codeChannel: status} {
		if err := conn.WriteMessage(websocket.BinaryMessage, append([]byte{channel}, data...)); err != nil {
			return
		}
	}
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), later())
}
