package repertoire

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListeners(t *testing.T) {
	tests := map[string]struct {
		text, asked string
		wantAt      []string
		wantFacts   []string
	}{
		"for everyone":         {sockets0("00000000:1F90"), "8080", []string{"0.0.0.0:8080"}, []string{"listens"}},
		"for everyone by IPv6": {sockets0("00000000000000000000000000000000:1F90"), "8080", []string{"[::]:8080"}, []string{"listens"}},
		"on the loopback":      {sockets0("0100007F:1F90"), "8080", []string{"127.0.0.1:8080"}, []string{"loopback"}},
		"on IPv6's loopback":   {sockets0("00000000000000000000000001000000:1F90"), "8080", []string{"[::1]:8080"}, []string{"loopback"}},
		"on the pod's address": {sockets0("0701F40A:1F90"), "8080", []string{"10.244.1.7:8080"}, []string{"listens"}},
		"an IPv4 one in tcp6":  {sockets0("0000000000000000FFFF00000100007F:1F90"), "8080", []string{"127.0.0.1:8080"}, []string{"loopback"}},
		"loopback and another": {sockets0("0100007F:1F90", "00000000:1F90"), "8080", []string{"0.0.0.0:8080", "127.0.0.1:8080"}, []string{"listens"}},
		"elsewhere":            {sockets0("00000000:0050", "00000000:0050"), "8080", []string{"0.0.0.0:80"}, []string{"elsewhere"}},
		"no port is asked for": {sockets0("00000000:0050"), "", []string{"0.0.0.0:80"}, nil},
		"nobody":               {sockets0(), "8080", nil, []string{"silent"}},
		"no table at all":      {"cat: what?\nx: y 0 0A\n0: ZZ:1F90 0 0A\n0: 00:1F90 0 0A\n", "8080", nil, []string{"silent"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			found := listenersIn(test.text)
			var at []string
			for _, one := range found {
				at = append(at, one.String())
			}
			if diff := cmp.Diff(test.wantAt, at); diff != "" {
				t.Errorf("listeners (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.wantFacts, listenFacts(found, test.asked)); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}
