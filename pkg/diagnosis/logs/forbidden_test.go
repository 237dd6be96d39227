package logs_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/logs"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
)

// The parts of a refusal: the first of each is what the API server says of the Pod's own account, the others are what nobody is
// to be granted anything for.
var (
	refusedUsers      = []string{"system:serviceaccount:shop:watcher", "system:serviceaccount:shop:default", "system:serviceaccount:prod:watcher", "system:serviceaccount:shop:watcher:x", "system:anonymous", "jane", "system:serviceaccounts", "--user=x"}
	refusedVerbs      = []string{"list", "*", "impersonate", "escalate", "bind", "use", "approve", "LIST", "list,delete", "--all"}
	refusedResources  = []string{"pods", "*", "*/*", "pods/*", "Pods", "pods,secrets", "--all", "secrets", "pods/exec", "serviceaccounts/token", "nodes/proxy", "pods/log/x"}
	refusedGroups     = []string{"", "*", "rbac.authorization.k8s.io", "-n", "a b"}
	refusedScopes     = []string{` in the namespace \"shop\"`, ` in the namespace \"*\"`, ` in the namespace \"-A\"`, ` in the namespace \"sh`, ``, ` in the namespace shop`}
	refusedHeads      = []string{"%s is forbidden: ", "", "%s forbidden: ", "x%s is forbidden: ", `%s \"*\" is forbidden: `, `%s \"--all\" is forbidden: `, "deployments.apps is forbidden: "}
	granting          = regexp.MustCompile(`\bcreate (?:cluster)?role`)
	clusterScope      = " at the cluster scope"
	ownRole, ownGiven = `kubectl -n shop create role watcher-list-pods --verb=list --resource=pods`, `kubectl -n shop create rolebinding watcher-list-pods --role=watcher-list-pods --serviceaccount=shop:watcher`
)

// refusalOf writes the sentence as the API server does, and as it stands in a line of klog's.
func refusalOf(head, user, verb, resource, group, scope string) string {
	object, _, _ := strings.Cut(resource, "/")
	if group != "" {
		object += "." + group
	}
	if strings.Contains(head, "%s") {
		head = fmt.Sprintf(head, object)
	}
	return fmt.Sprintf(`%sUser \"%s\" cannot %s resource \"%s\" in API group \"%s\"%s`, head, user, verb, resource, group, scope)
}

// commandsFor are those that podkit prints for a log, joined by blanks, and how sure it is.
func commandsFor(t *testing.T, s *scenario.Scenario, text string) (commands []string, confidence diagnosis.Confidence) {
	t.Helper()
	found := diagnosis.Diagnose(t.Context(), spoken{s.Library(), text}, casefile.New(s.Pods(), s.Now()), logs.Rules())
	for _, finding := range found.Targets[0].Findings {
		if finding.ID == "log-forbidden" {
			confidence = max(confidence, finding.Confidence)
		}
		for _, remedy := range finding.Remedies {
			checkGrant(t, found.Targets[0].Pod, remedy.Command.Words())
			commands = append(commands, strings.Join(remedy.Command.Words(), " "))
		}
	}
	return commands, confidence
}

func forbiddenScenario(t *testing.T) *scenario.Scenario {
	t.Helper()
	all, err := scenario.Load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(s *scenario.Scenario) bool { return strings.HasSuffix(s.File, "/forbidden.txtar") })
	if at < 0 {
		t.Fatal("no scenario of a refusal")
	}
	return all[at]
}

// TestNothingIsGrantedForALine: the sentence of the API server about the Pod's own account leads to one role with one rule;
// with any part of it changed, nothing is granted, it is no more than possible, and the API can be asked.
func TestNothingIsGrantedForALine(t *testing.T) {
	s := forbiddenScenario(t)
	own := []string{refusedHeads[0], refusedUsers[0], refusedVerbs[0], refusedResources[0], refusedGroups[0], refusedScopes[0]}
	commands, confidence := commandsFor(t, s, "E "+refusalOf(own[0], own[1], own[2], own[3], own[4], own[5]))
	if !slices.Contains(commands, ownRole) || !slices.Contains(commands, ownGiven) || confidence != diagnosis.Likely {
		t.Errorf("the Pod's own refusal is %v and leads to %q, want likely, and %q and %q", confidence, commands, ownRole, ownGiven)
	}
	for part, values := range [][]string{refusedHeads, refusedUsers, refusedVerbs, refusedResources, refusedGroups, refusedScopes} {
		for _, value := range values[1:] {
			changed := slices.Clone(own)
			changed[part] = value
			text := "Error: " + refusalOf(changed[0], changed[1], changed[2], changed[3], changed[4], changed[5])
			commands, confidence := commandsFor(t, s, text)
			if confidence > diagnosis.Possible || granting.MatchString(strings.Join(commands, "\n")) {
				t.Errorf("%s\nis %v and leads to %q", text, confidence, commands)
			}
		}
	}
}

// TestClusterRoleForTheClusterAlone: a role of the whole cluster is for what was refused there.
func TestClusterRoleForTheClusterAlone(t *testing.T) {
	commands, _ := commandsFor(t, forbiddenScenario(t), "Error: "+refusalOf(refusedHeads[0], refusedUsers[0], "list", "pods", "", clusterScope))
	if !slices.Contains(commands, "kubectl create clusterrole watcher-list-pods --verb=list --resource=pods") {
		t.Errorf("no role for what was refused at the cluster scope: %q", commands)
	}
}

// checkGrant holds of every command whatever a log says: a role is for one plain verb and resource, and its binding for the
// Pod's own account.
func checkGrant(t *testing.T, pod *corev1.Pod, words []string) {
	t.Helper()
	line := strings.Join(words, " ")
	if !granting.MatchString(line) {
		return
	}
	account := pod.Spec.ServiceAccountName
	if account == "" {
		account = "default"
	}
	binding := strings.Contains(line, "binding ")
	for _, word := range words {
		flag, value, _ := strings.Cut(word, "=")
		switch {
		case flag == "--serviceaccount" && value != pod.Namespace+":"+account:
			t.Errorf("%q grants to another account than the Pod's own", line)
		case flag == "--user" || flag == "--group" || strings.ContainsAny(value, "*, "):
			t.Errorf("%q grants more than one thing to one account", line)
		}
	}
	if binding != strings.Contains(line, "--serviceaccount=") || binding == strings.Contains(line, "--verb=") {
		t.Errorf("%q is neither one rule nor one binding", line)
	}
}
