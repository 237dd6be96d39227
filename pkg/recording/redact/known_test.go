package redact

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// podWith is a pod whose environment has a password.
func podWith(t *testing.T, password string) map[string]any {
	t.Helper()
	o := object(t, `{kind: Pod, metadata: {name: web-5d9c7b6f4d-x2x7k, namespace: storefront, uid: 26036f25-4fbc-4f96-904c-631d267ee281}, spec: {nodeName: worker-node-17, containers: [{name: frontend-app-2, image: "registry:5000/shop/web:1.2", env: [{name: DB_PASSWORD}]}]}}`)
	container := o["spec"].(map[string]any)["containers"].([]any)[0].(map[string]any)
	container["env"].([]any)[0].(map[string]any)["value"] = password
	return o
}

// A value that is a secret in one place is taken out everywhere, in whichever notation, also of what was written before.
func TestKnownValuesAreTakenOutEverywhere(t *testing.T) {
	for _, secret := range []string{"Hunter2secret", "hunter2", "p@ss w0rd of mine", "a\"quote'and\\slash7", "correct-horse-battery-staple", "pa&ss<w0rd>", "9081726354", "zX8/q+2=", "密码本身就是它"} {
		quoted, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := json.Marshal(string(quoted))
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{
			"alone": secret, "in a sentence": "we use " + secret + " here", "in JSON": `{"said":` + string(quoted) + `}`,
			"in JSON in JSON": `{"said":` + string(twice) + `}`,
			"in a URL":        "GET /x?q=" + url.QueryEscape(secret) + " 200", "in a path": "GET /" + url.PathEscape(secret) + " 200",
			"in base64":      "sent " + base64.StdEncoding.EncodeToString([]byte("shop:"+secret)) + " there",
			"in more base64": "sent " + base64.URLEncoding.EncodeToString([]byte("{\"x\":\""+secret+"\"}")) + " there",
		} {
			if name == "in JSON in JSON" && strings.ContainsAny(secret, `"\<&`) {
				continue // Escaped twice: the notation of one JSON text is known, not that of two.
			}
			r := New(salt, nil)
			early := r.Text(text)
			r.Object(podWith(t, secret))
			for _, clean := range []string{r.Again(early), r.Text(text), r.Log(text)} {
				for _, form := range []string{secret, string(quoted[1 : len(quoted)-1]), url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte("shop:" + secret)), base64.URLEncoding.EncodeToString([]byte("{\"x\":\"" + secret + "\"}"))} {
					if strings.Contains(clean, form) {
						t.Errorf("%s, %s: %q is still in %q", secret, name, form, clean)
					}
				}
			}
		}
	}
}

// What may be a word, a number or a name is a secret in its place alone.
func TestCommonValuesAreNotTakenOutEverywhere(t *testing.T) {
	for _, value := range []string{
		"true", "admin", "8080", "localhost", "postgres", "changeme", "production", "swordfish", "secret", "password", "2026", "30000", "10m", "v1beta1", "1.36.3", "redis7", "utf8mb4", "node-12",
		"web-5d9c7b6f4d-x2x7k", "storefront", "26036f25-4fbc-4f96-904c-631d267ee281", "worker-node-17", "frontend-app-2", "registry:5000/shop/web:1.2", "/var/run/secrets/x", "db.shop.svc.cluster.local",
		"http://db:5432", "10.244.1.17", "CrashLoop", "authentication",
	} {
		r := New(salt, nil)
		o := podWith(t, value)
		r.Object(o)
		r.Learn("DB_PASSWORD", value)
		for _, text := range []string{"level=info state=" + value + " ok", "pod " + value + " is back", "[" + value + "]"} {
			if clean := r.Again(text); clean != text {
				t.Errorf("%s: %q became %q", value, text, clean)
			}
		}
		if clean := text(t, o); !strings.Contains(clean, `"name":"web-5d9c7b6f4d-x2x7k"`) || strings.Contains(clean, `"value":"`+value+`"`) && value != "true" && !strings.HasPrefix(value, "/") {
			t.Errorf("%s: %s", value, clean)
		}
	}
}

// A value in the same pod is taken out of what stands before the place that tells of it.
func TestObjectTakesOutWhatItLearnsLater(t *testing.T) {
	o := object(t, `{kind: Pod, metadata: {name: a, annotations: {note: "it is Tr0ub4dor-and-3"}}, spec: {containers: [{args: [serve, Tr0ub4dor-and-3], command: [run, "--x=Tr0ub4dor-and-3"], env: [{name: ADMIN_PW, value: Tr0ub4dor-and-3}]}]}}`)
	New(salt, nil).Object(o)
	if clean := text(t, o); strings.Contains(clean, "Tr0ub4dor") || !strings.Contains(clean, `"serve"`) {
		t.Error(clean)
	}
}

// Again leaves what Text and Log have left but for known values, and the parts of other words.
func TestAgain(t *testing.T) {
	r := New(salt, nil)
	r.Learn("WHATEVER", "hunter2")
	r.Learn("DB_PASSWORD", "Hunter2secret")
	for text, want := range map[string]bool{
		"login hunter2.": true, "(hunter2)": true, "hunter2-web-1": false, "xhunter2": false, "hunter2x": false, "hunter2.shop.svc": false, "用hunter2登录": true, "xHunter2secretx": true, "hunter": false,
	} {
		if clean := r.Again(text); (clean != text) != want {
			t.Errorf("%q became %q", text, clean)
		}
	}
	if clean := r.Again("a Hunter2secret b"); !strings.HasPrefix(clean, "a "+Open+"password:") {
		t.Errorf("a value bears the rule of its name: %q", clean)
	}
	if before := r.Again("a Hunter2secret b"); r.Again(before) != before {
		t.Error("twice is not once")
	}
}
