package redact

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

func object(t *testing.T, text string) map[string]any {
	t.Helper()
	var o map[string]any
	if err := yaml.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func text(t *testing.T, o map[string]any) string {
	t.Helper()
	data, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const pod = `
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  uid: 26036f25-4fbc-4f96-904c-631d267ee281
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"containers":[{"env":[{"name":"X","value":"annotated-value"}]}]}}'
    shop.example/api-key: annotated-key
    vault.hashicorp.com/agent-inject-token: "true"
    shop.example/owner: team-a
    shop.example/config: '{"password":"in-an-annotation"}'
spec:
  imagePullSecrets: [{name: registry-credentials}]
  containers:
  - name: web
    image: registry:5000/shop/web:1.2@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    command: [sh, -c, "exec server --db-password=in-a-shell"]
    args: [--port, "80", --auth-token, in-an-argument, --password=in-a-flag, --verbose, --token-file, /etc/token]
    env:
    - {name: DB_PASSWORD, value: Plain-in-env-1}
    - {name: DB_PASSWORD_FILE, value: /run/secrets/db}
    - {name: DATABASE_URL, value: "postgres://shop:in-a-url@db:5432/shop"}
    - {name: API_TOKEN, valueFrom: {secretKeyRef: {name: api, key: token}}}
    - {name: USE_TOKEN, value: "true"}
    - {name: COPY_OF_PASSWORD, value: $(DB_PASSWORD)}
    - {name: LEVEL, value: debug}
    readinessProbe:
      httpGet: {path: /ready, port: 8080, httpHeaders: [{name: Authorization, value: Bearer in-a-header}, {name: Host, value: shop}]}
    volumeMounts: [{name: token, mountPath: /var/run/secrets/token}]
  volumes:
  - name: token
    projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3600}}]}
  - name: data
    csi: {driver: x, volumeAttributes: {accessKey: in-a-volume, bucket: shop}}
status:
  containerStatuses:
  - name: web
    state: {terminated: {exitCode: 1, message: "login failed with Plain-in-env-1"}}
`

func TestObject(t *testing.T) {
	o := object(t, pod)
	r := New(salt, nil)
	r.Object(o)
	clean := text(t, o)
	for _, secret := range []string{
		"annotated-value", "annotated-key", "in-an-annotation", "in-a-shell", "in-an-argument", "in-a-flag", "Plain-in-env-1",
		"in-a-url", "in-a-header", "in-a-volume",
	} {
		if strings.Contains(clean, secret) {
			t.Errorf("%s is still there", secret)
		}
	}
	for _, needed := range []string{
		`"26036f25-4fbc-4f96-904c-631d267ee281"`, `"team-a"`, `"registry-credentials"`, `web:1.2@sha256:9f86d081`, `"/run/secrets/db"`, `@db:5432/shop`,
		`{"key":"token","name":"api"}`, `"true"`, `"$(DB_PASSWORD)"`, `"debug"`, `"port":8080`, `"shop"`, `"/var/run/secrets/token"`, `"path":"token"`,
		`"--port","80"`, `"--token-file","/etc/token"`, `"bucket":"shop"`, `login failed with ‹redacted:password:`, `"DB_PASSWORD"`,
	} {
		if !strings.Contains(clean, needed) {
			t.Errorf("%s is gone from %s", needed, clean)
		}
	}
	r.Object(o)
	if again := text(t, o); again != clean {
		t.Errorf("twice: %s\nonce: %s", again, clean)
	}
}

// Equal values have equal placeholders within a recording, wherever they stand, and others in another recording.
func TestPlaceholdersAreStable(t *testing.T) {
	const one = `{kind: Pod, spec: {containers: [{env: [{name: DB_PASSWORD, value: one}, {name: PASSWORD, value: one}, {name: API_TOKEN, value: two}]}]}}`
	o := object(t, one)
	New(salt, nil).Object(o)
	env := o["spec"].(map[string]any)["containers"].([]any)[0].(map[string]any)["env"].([]any)
	value := func(i int) string { return env[i].(map[string]any)["value"].(string) }
	if value(0) != value(1) || value(0) == value(2) {
		t.Errorf("placeholders: %s, %s, %s", value(0), value(1), value(2))
	}
	if line := New(salt, nil).Text("password=one"); line != "password="+value(0) {
		t.Errorf("in a log it is %s, in env %s", line, value(0))
	}
	if other := New([]byte("another salt"), nil).Text("password=one"); other == "password="+value(0) {
		t.Error("the salt does not count")
	}
}

func TestObjectKeepsNoDataOfConfigMapsAndSecrets(t *testing.T) {
	for kind, want := range map[string]string{
		"ConfigMap": `{"binaryData":{"b":""},"data":{"a":"","c":""},"kind":"ConfigMap","metadata":{"annotations":{"note":"kept"},"name":"x"}}`,
		"Secret":    `{"kind":"Secret","metadata":{"annotations":{"note":"kept"},"name":"x"}}`,
	} {
		o := object(t, `{kind: `+kind+`, metadata: {name: x, annotations: {note: kept, kubectl.kubernetes.io/last-applied-configuration: "{data: {}}"}}, data: {a: secret, c: ""}, binaryData: {b: c2VjcmV0}}`)
		Bare(o)
		if got := text(t, o); got != want {
			t.Errorf("%s is %s, want %s", kind, got, want)
		}
	}
}

func TestProviderID(t *testing.T) {
	o := object(t, `{kind: Node, metadata: {name: node1}, spec: {providerID: "aws:///eu-west-1a/i-0abcdef1234567890"}}`)
	r := New(salt, nil)
	r.Object(o)
	if clean := text(t, o); strings.Contains(clean, "0abcdef") {
		t.Error(clean)
	}
	if clean := r.Text("instance i-0abcdef1234567890 is gone"); strings.Contains(clean, "0abcdef") {
		t.Error(clean)
	}
	o = object(t, `{kind: Node, metadata: {name: kind-control-plane1}, spec: {providerID: "kind://docker/kind/kind-control-plane1"}}`)
	r = New(salt, nil)
	r.Object(o)
	if clean := text(t, o) + r.Text("on kind-control-plane1"); strings.Count(clean, "kind-control-plane1") != 2 {
		t.Errorf("the node's name is gone: %s", clean)
	}
}

// Whatever secrets an object holds, wherever: none survives, and a second time changes nothing.
func TestNoPlantedValueSurvives(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	all := planted()
	r := New(salt, nil)
	for round := range 200 {
		var chosen []plant
		place := func() string {
			p := all[random.IntN(len(all))]
			chosen = append(chosen, p)
			return p.text
		}
		o := map[string]any{
			"kind":     []string{"Pod", "Event", "Deployment"}[random.IntN(3)],
			"metadata": map[string]any{"annotations": map[string]any{"a": place(), "b": place()}},
			"message":  place(),
			"spec": map[string]any{"containers": []any{map[string]any{
				"args": []any{place(), "-v", place()}, "env": []any{map[string]any{"name": "A", "value": place()}},
			}}},
		}
		r.Object(o)
		clean := fmt.Sprint(o)
		log := r.Log("2026-11-22T19:39:03.1Z " + place() + "\n2026-11-22T19:39:03.2Z " + place() + "\n")
		for _, p := range chosen {
			if strings.Contains(clean+log, p.secret) {
				t.Errorf("round %d: %s survives in %s %s", round, p.name, clean, log)
			}
		}
		r.Object(o)
		if again := fmt.Sprint(o); again != clean {
			t.Errorf("round %d: twice: %s\nonce: %s", round, again, clean)
		}
		if again := r.Log(log); again != log {
			t.Errorf("round %d: log twice: %s\nonce: %s", round, again, log)
		}
	}
}
