package logs

import "testing"

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
