package crash

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestWaitsFor(t *testing.T) {
	tests := map[string]struct {
		command []string
		want    string
	}{
		"nothing said":              {nil, ""},
		"until":                     {[]string{"sh", "-c", "until nslookup shop-database >/dev/null 2>&1; do sleep 3; done"}, "nslookup shop-database"},
		"until on lines":            {[]string{"sh", "-c", "set -e\nuntil nc -z db 5432\ndo\n  sleep 3\ndone"}, "nc -z db 5432"},
		"while not":                 {[]string{"sh", "-c", "while ! curl -sf http://auth:8080/ready > /dev/null; do sleep 1; done"}, "curl -sf http://auth:8080/ready"},
		"both outputs":              {[]string{"sh", "-c", "until pg_isready -h db &>/dev/null; do sleep 1; done"}, "pg_isready -h db"},
		"two conditions":            {[]string{"sh", "-c", "until nc -z db 5432 && nc -z mq 5672; do sleep 1; done"}, "nc -z db 5432 && nc -z mq 5672"},
		"endless":                   {[]string{"sh", "-c", "while true; do date; sleep 1; done"}, ""},
		"endless by a pause":        {[]string{"sh", "-c", "while sleep 5; do date; done"}, ""},
		"program that waits":        {[]string{"/wait-for-it.sh", "db:5432", "-t", "0"}, "/wait-for-it.sh db:5432 -t 0"},
		"kubectl wait":              {[]string{"kubectl", "wait", "--for=condition=complete", "job/migrate"}, "kubectl wait --for=condition=complete job/migrate"},
		"script with the word wait": {[]string{"sh", "-c", "echo please wait; sleep 20 & wait $!"}, ""},
		"migration":                 {[]string{"migrate", "-path", "/migrations", "up"}, ""},
		"await in a name":           {[]string{"java", "-jar", "awaiting.jar"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := waitsFor(&corev1.Container{Command: test.command}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
