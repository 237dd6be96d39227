package docs

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// block is a block of shell commands in a page.
type block struct {
	page string
	// language is sh, which is to be typed, or console, which shows a run.
	language, text string
	// notRun is the reason of a comment <!-- not run: reason --> in the line before.
	notRun string
}

var fenced = regexp.MustCompile("(?ms)(?:^<!-- not run: ([^\n]*?) -->\n+)?^```(sh|bash|shell|console)\n(.*?)^```$")

func blocks(pages map[string]string) []block {
	var found []block
	for page, text := range pages {
		for _, match := range fenced.FindAllStringSubmatch(text, -1) {
			found = append(found, block{page: page, notRun: match[1], language: match[2], text: match[3]})
		}
	}
	return found
}

// tutorials are the pages whose blocks TestTutorialPages of test/e2e types in their order, on the lab.
var tutorials = []string{"docs/tutorial.en.md", "docs/tutorial.zh.md"}

// runBy says of every command in a block of sh, beside those of the tutorials, who runs it; "not run: " and the reason, when
// nobody does. Comments and what follows two blanks and a # are left out.
var runBy = map[string]string{
	"make demo":                  ".ci/run",
	"make test":                  ".ci/run",
	"make lint":                  ".ci/run",
	"make verify":                ".ci/run",
	"make faults":                ".ci/run",
	"make fuzz":                  ".ci/run",
	"make e2e":                   ".ci/run",
	"make gallery CASES='log-*'": "make e2e runs the same test on all cases",
	"make shells":                ".ci/run",
	"make bench":                 "not run: it measures for minutes; the tests of test/bench check its cluster and its tables",
	"make release-check":         "the workflows, and .ci/run for one target",
	"make release-check TARGETS=\"linux/amd64\"":                                               ".ci/run",
	"kubectl create namespace shop":                                                            "TestDemoCanBeMadeAnew of test/e2e, with a namespace of its own",
	"kubectl -n shop apply -f deploy/shop":                                                     "TestDemoCanBeMadeAnew of test/e2e",
	"kubectl podkit diagnose -n shop":                                                          "TestDemoCanBeMadeAnew of test/e2e",
	"make build && sudo install bin/kubectl-podkit /usr/local/bin/":                            "not run: it would install podkit on the machine of the tests",
	"kubectl apply -f deploy/demo/bootcamp-v1.yaml":                                            "TestTutorialPages of test/e2e",
	"kubectl rollout status deploy/bootcamp":                                                   "TestTutorial of test/e2e, with a time-out",
	"kubectl podkit debug deploy/bootcamp":                                                     "TestDebugInteractive of test/e2e",
	"kubectl apply -f deploy/demo/logical-host.yaml":                                           "TestTutorialPages of test/e2e",
	"kubectl podkit logs logical-host -c feeder":                                               "TestLogicalHost of test/e2e",
	"kubectl podkit curl logical-host:8080":                                                    "TestLogicalHost of test/e2e, without the port",
	"kubectl podkit curl logical-host:9000/page.txt":                                           "TestTutorialPages of test/e2e",
	"kubectl create namespace gallery":                                                         "TestGallery of test/e2e, with a namespace a case",
	"kubectl apply -n gallery -f deploy/gallery/configmap-missing.yaml":                        "TestGallery of test/e2e",
	"kubectl get pods -n gallery -l podkit.dev/case=configmap-missing":                         "TestGallery of test/e2e",
	"kubectl podkit diagnose -n gallery configmap-missing":                                     "TestGallery of test/e2e",
	"kubectl apply -f deploy/rbac/read.yaml":                                                   "TestEveryReaderWorksWithTheReadRole of test/e2e",
	"kubectl create clusterrolebinding podkit-read-jane --clusterrole=podkit-read --user=jane": "TestEveryReaderWorksWithTheReadRole of test/e2e, for an account of its own",
	"kubectl apply -n shop -f deploy/rbac/namespaced-read.yaml":                                "TestNamespacedRole of test/e2e",
	"kubectl create rolebinding podkit-read-jane -n shop --role=podkit-read --user=jane":       "TestNamespacedRole of test/e2e, for an account of its own",
	"kubectl podkit get pods -A --unhealthy":                                                   "TestEveryReaderWorksWithTheReadRole of test/e2e",
}

// TestEveryCommandIsRunOrMarked: what stands in the documentation is run by a test, or says why not.
func TestEveryCommandIsRunOrMarked(t *testing.T) {
	used := map[string]bool{}
	all := blocks(pagesOf(t))
	if len(all) < 10 {
		t.Fatalf("found %d blocks only: the search is broken", len(all))
	}
	for _, block := range all {
		if block.language == "console" || block.notRun != "" || slices.Contains(tutorials, block.page) || generatedPage(block.page) {
			continue
		}
		for line := range strings.Lines(block.text) {
			command, _, _ := strings.Cut(strings.TrimSpace(line), "  #")
			command, _, _ = strings.Cut(command, " # ")
			command = strings.TrimSpace(command)
			if command == "" || strings.HasPrefix(command, "#") {
				continue
			}
			if used[command] = true; runBy[command] == "" {
				t.Errorf("%s: who runs %q? Let a test run it and name that in runBy of test/docs/commands_test.go, or put <!-- not run: why --> before its block", block.page, command)
			}
		}
	}
	for command := range runBy {
		if !used[command] {
			t.Errorf("runBy of test/docs/commands_test.go names %q, which stands in no page", command)
		}
	}
}

// generatedPage reports whether a page is made of the commands' own help, whose examples pkg/cli checks.
func generatedPage(page string) bool { return strings.HasPrefix(page, "docs/cli/") }
