package curl

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kubectl-podkit/podkit/pkg/target"
)

func TestParseAddress(t *testing.T) {
	pod := func(name string) target.Name { return target.Name{Name: name} }
	owner := func(resource, name string) target.Name { return target.Name{Resource: resource, Name: name} }
	tests := map[string]Address{
		"web-0":                      {Target: pod("web-0"), Path: "/"},
		"web-0:8080":                 {Target: pod("web-0"), Port: "8080", Path: "/"},
		"web-0:http":                 {Target: pod("web-0"), Port: "http", Path: "/"},
		"web-0/healthz":              {Target: pod("web-0"), Path: "/healthz"},
		"web-0:8080/a/b?c=d&e=f":     {Target: pod("web-0"), Port: "8080", Path: "/a/b?c=d&e=f"},
		"web-0?c=d":                  {Target: pod("web-0"), Path: "/?c=d"},
		"web-0:8080?at=12:30":        {Target: pod("web-0"), Port: "8080", Path: "/?at=12:30"},
		"web-0/at/12:30":             {Target: pod("web-0"), Path: "/at/12:30"},
		"web-0/a#part":               {Target: pod("web-0"), Path: "/a"},
		"web-0#part":                 {Target: pod("web-0"), Path: "/"},
		"web-0/deploy/web":           {Target: pod("web-0"), Path: "/deploy/web"},
		"web-0//a":                   {Target: pod("web-0"), Path: "//a"},
		"kube-proxy.node1/healthz":   {Target: pod("kube-proxy.node1"), Path: "/healthz"},
		"pod/web-0":                  {Target: pod("web-0"), Path: "/"},
		"po/web-0:8080/x":            {Target: pod("web-0"), Port: "8080", Path: "/x"},
		"pods/deploy/x":              {Target: pod("deploy"), Path: "/x"},
		"deploy/web":                 {Target: owner("deploy", "web"), Path: "/"},
		"deploy/web/healthz":         {Target: owner("deploy", "web"), Path: "/healthz"},
		"deploy/web:8080/healthz":    {Target: owner("deploy", "web"), Port: "8080", Path: "/healthz"},
		"Deployments.apps/web:http/": {Target: owner("Deployments.apps", "web"), Port: "http", Path: "/"},
		"svc/web:80/x?y=z":           {Target: owner("svc", "web"), Port: "80", Path: "/x?y=z"},
		"https:web-0:8443/x":         {Scheme: "https", Target: pod("web-0"), Port: "8443", Path: "/x"},
		"https:web-0":                {Scheme: "https", Target: pod("web-0"), Path: "/"},
		"https:sts/db:tls":           {Scheme: "https", Target: owner("sts", "db"), Port: "tls", Path: "/"},
		"https://web-0:8443/x":       {Scheme: "https", Target: pod("web-0"), Port: "8443", Path: "/x"},
		"http://web-0:8080/x":        {Target: pod("web-0"), Port: "8080", Path: "/x"},
		"http:8080":                  {Target: pod("http"), Port: "8080", Path: "/"},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			got, err := ParseAddress(text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseAddressErrors(t *testing.T) {
	for _, text := range []string{"", "/healthz", ":8080", "web-0:", "web-0:/x", "web-0:80:90", "deploy/", "deploy/:80", "https:", "https://"} {
		if got, err := ParseAddress(text); err == nil {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
}
