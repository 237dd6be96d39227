package cluster_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// TestTwoClocks: a client that has a time-out of its own, equal to podkit's, as that of discovery has, may end a request a
// moment earlier. A silent server is hurried all the same.
func TestTwoClocks(t *testing.T) {
	s := serve(t)
	s.always["/api"] = hang
	var asking sync.WaitGroup
	for range 20 {
		asking.Go(func() {
			client, err := rest.HTTPClientFor(cluster.DefaultBounds().Wrap(&rest.Config{Host: s.http.URL, Timeout: time.Second}))
			if err != nil {
				t.Error(err)
				return
			}
			for range 3 {
				var response *http.Response
				if response, err = client.Get(s.http.URL + "/api"); err == nil {
					response.Body.Close()
					t.Error("it answered")
				}
			}
			if !strings.Contains(err.Error(), "no whole answer within 750ms") {
				t.Errorf("the third request was not hurried: %v", err)
			}
		})
	}
	asking.Wait()
}
