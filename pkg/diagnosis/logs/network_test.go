package logs

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

func TestHosts(t *testing.T) {
	tests := []struct {
		peer, host     string
		address, local bool
	}{
		{"db:5432", "db", false, false},
		{"db", "db", false, false},
		{"db.shop.svc.cluster.local:5432", "db.shop.svc.cluster.local", false, false},
		{"10.96.14.7:5432", "10.96.14.7", true, false},
		{"127.0.0.1:6379", "127.0.0.1", true, true},
		{"localhost:6379", "localhost", false, true},
		{"[::1]:6379", "::1", true, true},
		{"[fd00::7]:80", "fd00::7", true, false},
		{"::1", "::1", true, true},
		{"127.example.com:80", "127.example.com", false, false},
		{"dead:80", "dead", false, false},
		{"", "", false, false},
	}
	for _, test := range tests {
		host := hostOf(test.peer)
		if host != test.host || address(host) != test.address || local(host) != test.local {
			t.Errorf("%q: host %q, address %v, local %v", test.peer, host, address(host), local(host))
		}
	}
}

// TestServiceOf: only what the API takes for the name of a Service and a namespace becomes a word of a command.
func TestServiceOf(t *testing.T) {
	c := &diagnosis.Case{Pod: &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "shop"}}}
	for host, want := range map[string]string{
		"db": "shop/db", "db.shop": "shop/db", "db.other.svc": "other/db", "db.other.svc.cluster.local.": "other/db", "a-1": "shop/a-1",
		"db.other": "", "example.com": "", "10.0.0.7": "", "localhost": "", "": "",
		"--server=evil.shop": "", "--raw": "", "-l": "", "db.--context.svc": "", "a_b": "", "DB": "",
	} {
		name, namespace, ok := serviceOf(c, host)
		if got := strings.TrimPrefix(namespace+"/"+name, "/"); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", host, got, ok, want)
		}
	}
}
