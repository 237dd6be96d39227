//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// capture records a namespace and returns the file.
func capture(t *testing.T, namespace string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), namespace+".podkit")
	podkit(t, append([]string{"capture", "-n", namespace, "-o", file, "--quiet"}, args...)...).ok(t)
	return file
}

// unpack returns every byte that is in a recording.
func unpack(t *testing.T, file string) string {
	t.Helper()
	folder := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "tar", "--zstd", "-xf", file, "-C", folder).CombinedOutput(); err != nil {
		t.Fatalf("unpacking %s: %v: %s", file, err, out)
	}
	var all strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all.WriteString(path + "\n" + string(data) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// None of a hundred secrets of many shapes, planted wherever secrets are found in clusters, is anywhere in the file.
func TestCaptureTakesOutPlantedSecrets(t *testing.T) {
	t.Parallel()
	lab(t, "an image that is on its nodes")
	ns := namespace(t, "secrets")
	planted := plant(t, ns)
	if len(planted) < 100 {
		t.Fatalf("%d secrets only are planted", len(planted))
	}
	eventually(t, "the pod to write its log", func() error {
		if log := run(t, nil, "kubectl", "logs", "-n", ns, "teller").stdout; !strings.Contains(log, "the end of the secrets") {
			return waiting("the log is %q", log)
		}
		return nil
	})
	// They are there: what is not planted is not taken out either.
	live := kubectl(t, "get", "pods,events,configmaps", "-n", ns, "-o", "json") + kubectl(t, "logs", "-n", ns, "teller")
	all := unpack(t, capture(t, ns))
	for _, secret := range planted {
		if !strings.Contains(live, secret) {
			t.Errorf("%q was never planted", secret)
		}
		for _, form := range []string{secret, base64.StdEncoding.EncodeToString([]byte(secret))} {
			if at := strings.Index(all, form); at >= 0 {
				t.Errorf("%q is in the recording: ...%s...", form, all[max(0, at-80):min(len(all), at+len(form)+20)])
			}
		}
	}
	contains(t, "the recording", all, "teller", "‹redacted:password:", "busybox:1.36", "planted-key")
}

// plant makes a pod that has secrets in its environment, annotations, arguments and log, a ConfigMap, and events.
func plant(t *testing.T, ns string) []string {
	t.Helper()
	var planted []string
	number := 0
	// fill returns a text with a new secret in the place of §, of which a part differs each time.
	fill := func(text, secret string) string {
		number++
		secret = strings.ReplaceAll(secret, "#", fmt.Sprintf("%04dq", number))
		planted = append(planted, secret)
		return strings.ReplaceAll(text, "§", secret)
	}
	annotations, data := map[string]string{}, map[string]string{}
	var env []map[string]string
	var log []string
	for i, shape := range secretShapes() {
		annotations[fmt.Sprintf("shop.example/note-%d", i)] = fill(shape.text, shape.secret)
		env = append(env, map[string]string{"name": fmt.Sprintf("PLAIN_%d", i), "value": fill(shape.text, shape.secret)})
		log = append(log, fill(shape.text, shape.secret))
	}
	for _, name := range []string{"DB_PASSWORD", "API_TOKEN", "CLIENT_SECRET", "apiKey", "SSH_PRIVATE_KEY", "STORAGE_CREDENTIALS"} {
		env = append(env, map[string]string{"name": name, "value": fill("§", "Anything#at-all")})
	}
	annotations["shop.example/auth-token"] = fill("§", "Anything#at-all")
	data["planted-key"] = fill("§", "the value of a key #")
	data["settings.yaml"] = fill("database:\n  user: shop\n  anything: §\n", "no-shape-#-at-all")
	pod := map[string]any{
		"apiVersion": "v1", "kind": "Pod",
		"metadata": map[string]any{"name": "teller", "annotations": annotations},
		"spec": map[string]any{
			"terminationGracePeriodSeconds": 0,
			"containers": []any{map[string]any{
				"name": "app", "image": "busybox:1.36", "imagePullPolicy": "Never", "env": env,
				"command": []string{"sh", "-c", "printf '%s\\n' \"$@\"; echo the end of the secrets; exec sleep 3600", "teller"},
				"args":    append(log, "--password", fill("§", "Argument#word"), fill("--token=§", "Argument#word")),
			}},
		},
	}
	apply(t, ns, document(t, pod)+"---\n"+document(t, map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "settings"}, "data": data,
	}))
	var events strings.Builder
	for i, shape := range secretShapes() {
		events.WriteString("---\n" + document(t, map[string]any{
			"apiVersion": "v1", "kind": "Event", "metadata": map[string]any{"name": fmt.Sprintf("told-%d", i)}, "reason": "Told", "type": "Warning",
			"message":        fill(shape.text, shape.secret),
			"involvedObject": map[string]any{"kind": "Pod", "namespace": ns, "name": "teller"},
		}))
	}
	apply(t, ns, events.String())
	return planted
}

func document(t *testing.T, object any) string {
	t.Helper()
	text, err := yaml.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// secretShapes are texts with § for a secret, and the secret with # for what differs. Their values are made up.
func secretShapes() []struct{ text, secret string } {
	const tail = "B3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3z"
	return []struct{ text, secret string }{
		{"key § for s3", "AKIAIOSFODNN7EXAMPLE"},
		{"aws_secret_access_key = §", "wJalrXUtnFEMI/K7MDENG/bPxRfi#"},
		{"maps key § in use", "AIza#" + tail[:30]},
		{"remote: § rejected", "ghp_#" + tail[:31]},
		{"§ is not allowed", "glpat-#" + tail[:20]},
		{"xoxb says §", "xoxb-123456789012-1234567890123-#" + tail[:20]},
		{"POST https://hooks.slack.com/services/§", "T00000000/B00000000/#" + tail[:20]},
		{"charging with §", "sk_live_#" + tail[:20]},
		{"npm §", "npm_#" + tail[:31]},
		{"twine §", "pypi-AgEIcHlwaS5vcmc#" + tail},
		{"model § is over its quota", "sk-proj-#" + tail},
		{"got § from the issuer", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJz#.c2lnbmF0dXJl"},
		{"Authorization: Bearer §", "opaque-#-value-of-it"},
		{"connecting to postgres://shop:§@db:5432/shop", "hunter#pg"},
		{"GET https://admin:§@intranet/path", "hunter#web"},
		{"Server=db;Database=shop;Password=§;Encrypt=true", "Hunter#sql!"},
		{"GET /v1/me?access_token=§&page=2", "Opaque#value"},
		{`{"level":"info","apiKey":"§","port":8080}`, "Opaque#value"},
		{`{"msg":"{\"client_secret\":\"§\"}"}`, "Opaque#value"},
		{"level=info password=§ port=80", "hunter#fmt"},
		{"/app/server --db-password=§ --port=80", "hunter#flag"},
		{"curl -sS -u admin:§ https://api/v1", "hunter#curl"},
		{"-----BEGIN RSA PRIVATE KEY-----\n§\n-----END RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA#" + tail},
		{"vault gave §", "hvs.CAESI#" + tail},
		{"SG.B3dE5fG7hJ9kL1mN3pQ5.§", "B3dE5fG7hJ9kL1mN3pQ5#"},
	}
}

// recordedAsLive captures a namespace and compares what is found in the recording with what is found live just before and
// just after, target by target: all but times, ages and what it cost. A crash loop goes on between the three, so whoever
// asks must ask again. file is where the recording goes. It returns errors, as shells run beside each other in the gallery.
func (s shell) recordedAsLive(ctx context.Context, file string) (map[string]string, error) {
	documents := make([]map[string]any, 3)
	for i, args := range [][]string{nil, {"--recording", file}, nil} {
		if i == 1 {
			if _, err := s.podkit(ctx, "capture", "-o", file, "--quiet"); err != nil {
				return nil, err
			}
		}
		text, err := s.podkit(ctx, append([]string{"diagnose", "-o", "json"}, args...)...)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &documents[i]); err != nil {
			return nil, err
		}
	}
	return differences(documents[1], documents[0], documents[2]), nil
}

// differences compares each target of a recorded diagnosis with that of two live ones, one of which it should equal; what
// could not be read is compared as if it were a target.
func differences(recorded map[string]any, live ...map[string]any) map[string]string {
	found := map[string]string{}
	got := parts(recorded)
	for _, document := range live {
		want := parts(document)
		for name := range want {
			if _, there := got[name]; !there {
				got[name] = nil
			}
		}
	}
	for name, part := range got {
		for _, document := range live {
			if found[name] = cmp.Diff(parts(document)[name], part); found[name] == "" {
				delete(found, name)
				break
			}
		}
	}
	return found
}

// parts are the targets of a diagnosis by their names, and what could not be read, without ages and times.
func parts(document map[string]any) map[string]any {
	found := map[string]any{"unknowns": ageless(document["unknowns"])}
	targets, _ := document["targets"].([]any)
	for _, target := range targets {
		object, _ := target.(map[string]any)["object"].(map[string]any)
		found[fmt.Sprint(object["name"])] = ageless(target)
	}
	return found
}

// age matches ages as podkit writes them, moment matches times.
var (
	age    = regexp.MustCompile(`\b(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?\b`)
	moment = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z`)
)

// ageless replaces ages and times in a document.
func ageless(value any) any {
	switch value := value.(type) {
	case string:
		return age.ReplaceAllStringFunc(moment.ReplaceAllString(value, "TIME"), func(text string) string {
			if text == "" {
				return ""
			}
			return "AGE"
		})
	case []any:
		for i := range value {
			value[i] = ageless(value[i])
		}
	case map[string]any:
		for key := range value {
			value[key] = ageless(value[key])
		}
	}
	return value
}

// The demo's recording can be made anew: the shop of deploy/shop fails as the recorded one does.
func TestDemoCanBeMadeAnew(t *testing.T) {
	t.Parallel()
	lab(t, "the shop's images")
	ns := namespace(t, "shop")
	kubectl(t, "apply", "-n", ns, "-f", "../../deploy/shop")
	_, recorded := diagnose(t, "--recording", "../../pkg/cli/demo/shop.podkit")
	want := byWorkload(recorded)
	eventually(t, "the shop to fail as it is recorded", func() error {
		_, live := diagnose(t, "-n", ns)
		if difference := cmp.Diff(want, byWorkload(live)); difference != "" {
			return waiting("(-recorded +live):\n%s", difference)
		}
		return nil
	})
	_, again := diagnose(t, "--recording", capture(t, ns, "--allow", "active"))
	if difference := cmp.Diff(want, byWorkload(again)); difference != "" {
		t.Errorf("recorded anew (-demo +now):\n%s", difference)
	}
	transcript := run(t, []string{"KUBECONFIG=/nonexistent"}, "kubectl-podkit", "demo", "--yes").ok(t)
	contains(t, "the demo's transcript", transcript, "deploy/web", "readiness probe", "cannot reach the database")
}

// byWorkload turns the root causes of pods into those of what made them, each once: replicas come to theirs one after the
// other.
func byWorkload(pods map[string]string) map[string][]string {
	roots := map[string][]string{}
	for pod, root := range pods {
		name, _, _ := strings.Cut(pod, "-")
		roots[name] = append(roots[name], root)
	}
	for name, found := range roots {
		slices.Sort(found)
		roots[name] = slices.Compact(found)
	}
	return roots
}

// A capture that is cut off leaves nothing behind, and one of nothing is an error.
func TestCaptureLeavesNoHalfFile(t *testing.T) {
	ns := namespace(t, "half")
	folder := t.TempDir()
	file := filepath.Join(folder, "x.podkit")
	if r := podkit(t, "capture", "-n", ns+"-not", "-o", file); r.code != 1 || !strings.Contains(r.stderr, "no pod matches") {
		t.Errorf("exit code %d, %q", r.code, r.stderr)
	}
	if r := podkit(t, "capture", "-A", "-o", file, "--redact=off"); r.code != 1 || !strings.Contains(r.stderr, "--yes") {
		t.Errorf("exit code %d, %q", r.code, r.stderr)
	}
	// One that is done before the signal reaches it proves nothing; the next one is asked then.
	for range 5 {
		code, told := interruptCapture(t, folder, file)
		if left := unfinished(t, folder); len(left) > 0 {
			t.Errorf("exit code %d, and left behind: %v", code, left)
		}
		_, err := os.Stat(file)
		switch {
		case code == 130 && errors.Is(err, fs.ErrNotExist):
			return
		case code != 0 || err != nil:
			t.Fatalf("exit code %d, %v, %s", code, err, told)
		}
		podkit(t, "diagnose", "-A", "--recording", file, "-o", "name").ok(t) // It is whole.
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	t.Error("no capture was interrupted: each was done before")
}

// interruptCapture captures the cluster, interrupts that as soon as the file is being written, and returns how it ended.
func interruptCapture(t *testing.T, folder, file string) (code int, told string) {
	t.Helper()
	var stderr bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "kubectl-podkit", "capture", "-A", "-o", file)
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for sent := false; ; {
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			return cmd.ProcessState.ExitCode(), stderr.String()
		case <-look.C:
			if !sent && len(unfinished(t, folder)) > 0 {
				sent = true
				_ = cmd.Process.Signal(os.Interrupt) // It may have ended meanwhile.
			}
		}
	}
}

// unfinished are the files that captures write until they are whole.
func unfinished(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, ".*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}
