//go:build e2e

package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// titles are those of the workflows in both languages: by them a transcript shows which one was picked.
var titles = map[string]map[string]string{
	"image":       {"en": "Why can the image not be had?", "zh": "镜像为什么拿不到？"},
	"crash":       {"en": "Why does the container end?", "zh": "容器为什么退出？"},
	"oom":         {"en": "Whose memory was used up?", "zh": "耗尽的是谁的内存？"},
	"config":      {"en": "What keeps the container from being made?", "zh": "容器为什么创建不出来？"},
	"not-ready":   {"en": "Why does the probe not pass?", "zh": "探针为什么不通过？"},
	"pending":     {"en": "Why is there no Node for the Pod?", "zh": "Pod 为什么没有 Node？"},
	"selector":    {"en": "Why does the Service find no Pod?", "zh": "Service 为什么找不到 Pod？"},
	"unreachable": {"en": "Where does the way to the app break?", "zh": "访问应用的路断在哪里？"},
}

// didNotWork are the words with which a transcript tells of a step that failed.
var didNotWork = map[string]string{"en": "Did not work", "zh": "没有成功"}

// guided is a run that begins at a broken pod of the gallery.
type guided struct {
	pod, workflow, root string
	// say are parts of what must be said, by language.
	say map[string][]string
}

// TestWorkflowsOfTheGallery runs `debug` on broken pods, as somebody does who knows no more than that one is broken.
func TestWorkflowsOfTheGallery(t *testing.T) {
	t.Parallel()
	cases := []guided{
		{"image-not-found", "image", "image-not-found", both("no such repository or tag", "没有这个镜像或标签")},
		{"image-pull-unauthorized", "image", "image-pull-unauthorized", both("Which pull Secrets are there?", "有哪些拉取 Secret？")},
		{"log-missing-env", "crash", "log-missing-env", both("that its specification does not set", "在配置里没有设置")},
		{"app-exit", "crash", "app-exit", both("The process ended by itself", "进程是自己退出的")},
		{"oom-killed", "oom", "oom-killed", both("The container reached its own limit", "容器触到了自己的上限")},
		{"configmap-missing", "config", "configmap-missing", both("configmap/shop-configuration", "configmap/shop-configuration")},
		{"run-as-non-root", "config", "run-as-non-root", both("a number other than 0", "不为 0 的数字")},
		{"probe-http-status", "not-ready", "probe-http-status", both("It answers 503", "它答复 503")},
		{"probe-port-mismatch", "not-ready", "probe-port-mismatch", both("which the probe asks; there are", "探针访问的端口")},
		{"insufficient-cpu", "pending", "unexplained", both("even when it is empty", "即使 Node 是空的")},
		{"pvc-missing", "pending", "unexplained", both("There is no claim shop-data", "没有名为 shop-data 的 PVC")},
	}
	ns := namespace(t, "workflow")
	for _, c := range cases {
		kubectl(t, "apply", "-n", ns, "-f", filepath.Join("..", "..", "deploy", "gallery", c.pod+".yaml"))
	}
	for _, c := range cases {
		t.Run(c.pod, func(t *testing.T) {
			eventually(t, "the root cause of "+c.pod+" to be "+c.root, func() error {
				if _, found := diagnose(t, c.pod, "-n", ns); found[c.pod] != c.root {
					return waiting("%s: %q is found", c.pod, found[c.pod])
				}
				return nil
			})
			for lang := range titles[c.workflow] {
				checkGuided(t, undisturbed(t, lang, c.say[lang], "debug", c.pod, "-n", ns, "--yes", "--allow", "active", "--lang", lang), c.workflow, lang, c.say[lang])
			}
		})
	}
}

// undisturbed returns a run in which every step worked, and said what it should: a container that crashes again between the
// look at its state and the exec or the log after it makes the step fail, or takes its log away, and podkit rightly tells
// less. What never works fails the test.
func undisturbed(t *testing.T, lang string, say []string, args ...string) (r result) {
	t.Helper()
	eventually(t, "a run in which every step works", func() error {
		r = podkit(t, args...)
		text := unbroken(r.stdout)
		unsaid := func(part string) bool { return !strings.Contains(text, part) }
		if strings.Contains(r.stdout, didNotWork[lang]) || slices.ContainsFunc(unbrokenAll(say), unsaid) {
			return waiting("%s", r.stdout)
		}
		return nil
	})
	return r
}

// checkGuided checks a transcript: the workflow that was picked, that all steps worked, and what was said.
func checkGuided(t *testing.T, r result, workflow, lang string, say []string) {
	t.Helper()
	text := r.ok(t)
	if first, _, _ := strings.Cut(text, "\n"); first != titles[workflow][lang] {
		t.Errorf("%s: %q was picked, want %q", r.line, first, titles[workflow][lang])
	}
	if strings.Contains(text, didNotWork[lang]) {
		t.Errorf("%s: a step did not work:\n%s", r.line, text)
	}
	// The words are broken into lines, and where Chinese is broken there is no blank.
	contains(t, r.line, unbroken(text), unbrokenAll(say)...)
}

func both(en, zh string) map[string][]string { return map[string][]string{"en": {en}, "zh": {zh}} }

func unbroken(text string) string { return strings.Join(strings.Fields(text), "") }

func unbrokenAll(parts []string) []string {
	var all []string
	for _, part := range parts {
		all = append(all, unbroken(part))
	}
	return all
}

// server is a Deployment whose app listens where it is told, and a Service before it.
func server(listen, readiness, selector, targetPort string) string {
	return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: busybox:1.36
          command: [sh, -c, "mkdir -p /www && echo hello > /www/index.html && exec httpd -f -p ` + listen + ` -h /www"]
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {exec: {command: [` + readiness + `]}, periodSeconds: 1}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: ` + selector + `}
  ports: [{port: 80, targetPort: ` + targetPort + `}]
`
}

// unlooked is what is said where the port refuses and nobody has agreed to look who listens.
var unlooked = map[string]string{
	"en": "Whether nobody listens there, or the app does on the loopback address only, was not looked at",
	"zh": "是没有程序监听，还是应用只监听回环地址，没有查看",
}

// TestWorkflowUnreachable breaks the way to an app at each stage, and wants that stage to be named.
func TestWorkflowUnreachable(t *testing.T) {
	t.Parallel()
	lab(t, "an image that is on its nodes")
	tests := map[string]struct {
		manifest string
		ready    string
		en, zh   string
		// failed is set where a request that is refused is the point.
		failed bool
	}{
		"sound":       {server("8080", "'true'", "web", "8080"), "true", "The way is sound from the container to the Service", "从容器到 Service 都是通的", false},
		"selector":    {server("8080", "'true'", "wbe", "8080"), "true", "no Service selects the Pod", "没有 Service 选中这个 Pod", false},
		"target-port": {server("8080", "'true'", "web", "8081"), "true", "breaks at the Service's targetPort: nobody listens there", "断点在 Service 的 targetPort：那里没有程序监听", true},
		"loopback":    {server("127.0.0.1:8080", "'true'", "web", "8080"), "true", "it listens on the loopback address only", "断点在容器：只监听回环地址", true},
		"not-ready":   {server("8080", "'false'", "web", "8080"), "false", "breaks at the endpoints: the Pod is not ready", "断点在端点：Pod 没有就绪", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ns := namespace(t, "way-"+name)
			apply(t, ns, test.manifest)
			eventually(t, "the container of web to run, with ready="+test.ready, func() error {
				state := kubectl(t, "get", "pods", "-n", ns, "-l", "app=web", "-o",
					"jsonpath={.items[*].status.containerStatuses[*].ready}/{.items[*].status.containerStatuses[*].state.running.startedAt}")
				if ready, started, _ := strings.Cut(state, "/"); ready != test.ready || started == "" {
					return waiting("the state is %q", state)
				}
				return nil
			})
			for lang, say := range map[string]string{"en": test.en, "zh": test.zh} {
				r := podkit(t, "debug", "--workflow", "unreachable", "deploy/web", "-n", ns, "--yes", "--allow", "active", "--lang", lang)
				text := r.ok(t)
				contains(t, r.line, unbroken(text), unbroken(titles["unreachable"][lang]), unbroken(say))
				if name == "loopback" { // Without consent it is not looked at who listens, and that is said.
					r := podkit(t, "debug", "--workflow", "unreachable", "deploy/web", "-n", ns, "--yes", "--lang", lang)
					contains(t, r.line, unbroken(r.ok(t)), unbroken(unlooked[lang]))
				}
				if !test.failed && strings.Contains(text, didNotWork[lang]) {
					t.Errorf("a step did not work:\n%s", text)
				}
			}
		})
	}
}

// TestWorkflowUnreachableIsPicked holds for a Service that was named and whose Pods are well.
func TestWorkflowUnreachableIsPicked(t *testing.T) {
	t.Parallel()
	lab(t, "an image that is on its nodes")
	ns := namespace(t, "way")
	apply(t, ns, server("8080", "'true'", "web", "8080"))
	kubectl(t, "rollout", "status", "-n", ns, "deploy/web", "--timeout=170s")
	checkGuided(t, podkit(t, "debug", "svc/web", "-n", ns, "--yes", "--lang", "en"), "unreachable", "en", []string{"The way is sound"})
}

// TestWorkflowSelectorIsPicked holds for a Service that was named and finds no Pod: the run leads to the label that differs.
func TestWorkflowSelectorIsPicked(t *testing.T) {
	t.Parallel()
	lab(t, "an image that is on its nodes")
	ns := namespace(t, "selector")
	apply(t, ns, server("8080", "'true'", "wbe", "8080"))
	kubectl(t, "rollout", "status", "-n", ns, "deploy/web", "--timeout=170s")
	for lang, say := range map[string]string{"en": "Service web asks for app=wbe, and the Pod that comes nearest, web-", "zh": "Service web 的选择器是 app=wbe，而最接近的 Pod web-"} {
		r := podkit(t, "debug", "svc/web", "-n", ns, "--yes", "--lang", lang)
		text := r.ok(t)
		contains(t, r.line, unbroken(text), unbroken(titles["selector"][lang]), unbroken(say))
	}
	// What it says to do is enough.
	kubectl(t, "set", "selector", "service", "web", "app=web", "-n", ns)
	checkGuided(t, podkit(t, "debug", "svc/web", "-n", ns, "--yes", "--lang", "en"), "unreachable", "en", []string{"The way is sound"})
}
