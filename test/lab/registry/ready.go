package registry

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// readyRetry is how long Ready waits before it asks again.
const readyRetry = 100 * time.Millisecond

// Ready waits until every one of the lab's registries answers and the open one
// has the given images. When ctx ends first, the error says what was still missing.
func Ready(ctx context.Context, images ...Image) error {
	return ready(ctx, Endpoints(), images)
}

func ready(ctx context.Context, endpoints []Endpoint, images []Image) error {
	tick := time.NewTicker(readyRetry)
	defer tick.Stop()
	for {
		err := check(ctx, endpoints, images)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for the lab's registries: %w", errors.Join(err, context.Cause(ctx)))
		case <-tick.C:
		}
	}
}

func check(ctx context.Context, endpoints []Endpoint, images []Image) error {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // that it answers is all that is asked
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	for _, e := range endpoints {
		if err := answers(ctx, client, e); err != nil {
			return err
		}
		if e.Kind != Open {
			continue
		}
		for _, image := range images {
			ref, err := image.reference(e.Address)
			if err != nil {
				return err
			}
			if _, err := remote.Head(ref, remote.WithContext(ctx), remote.WithTransport(transport)); err != nil {
				return fmt.Errorf("the open registry has no %s yet: %w", image.Repository, err)
			}
		}
	}
	return nil
}

// answers reports whether the endpoint speaks, whatever it says.
func answers(ctx context.Context, client *http.Client, e Endpoint) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, e.URL()+"/v2/", nil)
	if err != nil {
		return fmt.Errorf("asking the %s registry: %w", e.Kind, err)
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("the %s registry does not answer: %w", e.Kind, err)
	}
	return response.Body.Close()
}
