package cluster

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAskedOf(t *testing.T) {
	const server = "https://api.example:6443"
	for path, want := range map[string]asked{
		"/api/v1/pods":                                       {verb: "list", resource: "pods"},
		"/api/v1/namespaces/shop/pods?watch=1":               {verb: "watch", resource: "pods", namespace: "shop", watch: true},
		"/api/v1/namespaces/shop/pods/web":                   {verb: "get", resource: "pods", namespace: "shop", name: "web"},
		"/api/v1/namespaces/shop":                            {verb: "get", resource: "namespaces", name: "shop"},
		"/apis/apps/v1/namespaces/shop/deployments":          {verb: "list", resource: "deployments", namespace: "shop"},
		"/api/v1/namespaces/shop/pods/web/log":               {verb: "get", resource: "pods/log", namespace: "shop", name: "web", text: true},
		"/api/v1/namespaces/shop/pods/web/log?follow=true":   {verb: "get", resource: "pods/log", namespace: "shop", name: "web", text: true, followed: true},
		"/api/v1/namespaces/shop/pods/web:80/proxy/api/v1/a": {verb: "get", resource: "pods/proxy", namespace: "shop", name: "web:80", app: true},
		"/version": {verb: "get", resource: "/version"},
		"/apis":    {verb: "get", resource: "/apis"},
		"/livez":   {verb: "get", resource: "/livez", text: true},
	} {
		for _, base := range []string{"", "/k8s/api/c-1"} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server+base+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			want.server = server
			if diff := cmp.Diff(want, askedOf(request, base), cmp.AllowUnexported(asked{})); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", base, path, diff)
			}
		}
	}
}
