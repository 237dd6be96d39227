package repertoire

import "testing"

func TestKubectlLine(t *testing.T) {
	home := Kubectl{Name: "kubectl", Home: "default"}
	far := Kubectl{Name: "kubectl1.36", Flags: []string{"--context=my lab", "--as=jane"}}
	tests := map[string]struct{ got, want string }{
		"at home":            {home.line("default", []string{"get", "pods"}), "kubectl get pods"},
		"elsewhere":          {home.line("shop", []string{"get", "pods"}), "kubectl get pods -n shop"},
		"all namespaces":     {home.line("", []string{"get", "pods", "-A"}), "kubectl get pods -A"},
		"flags before --":    {home.line("shop", []string{"exec", "web"}, "--", "env"), "kubectl exec web -n shop -- env"},
		"another connection": {far.line("default", []string{"get", "pods"}), "kubectl1.36 get pods -n default '--context=my lab' --as=jane"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got %s, want %s", test.got, test.want)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	for word, want := range map[string]string{
		"app=web,tier=db":    "app=web,tier=db",
		"job-name in (a,b)":  "'job-name in (a,b)'",
		"!x":                 "'!x'",
		"it's":               `'it'\''s'`,
		"$(rm)":              "'$(rm)'",
		"":                   "''",
		"spec.nodeName=node": "spec.nodeName=node",
	} {
		if got := quote(word); got != want {
			t.Errorf("%q: got %s, want %s", word, got, want)
		}
	}
}
