package access

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

func TestRules(t *testing.T) {
	got := Rules([]Right{
		{"list", "", "pods"},
		{"get", "apps", "deployments"},
		{"get", "", "pods"},
		{"list", "", "nodes"},
		{"get", "", "pods/log"},
		{"get", "", "nodes"},
		{"get", "", "pods"},
	})
	want := []rbacv1.PolicyRule{
		{APIGroups: []string{""}, Resources: []string{"nodes", "pods"}, Verbs: []string{"get", "list"}},
		{APIGroups: []string{""}, Resources: []string{"pods/log"}, Verbs: []string{"get"}},
		{APIGroups: []string{"apps"}, Resources: []string{"deployments"}, Verbs: []string{"get"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

// Who is given the role for reading can neither act nor read a Secret, and no role can write more than it says.
func TestRolesHoldNoMoreThanTheirNamesSay(t *testing.T) {
	may := map[string]func(verb, resource string) bool{
		Read: func(verb, resource string) bool {
			return slices.Contains([]string{"get", "list", "watch"}, verb) && !slices.Contains([]string{"secrets", "pods/exec", "pods/proxy", "pods/portforward", "services/proxy"}, resource)
		},
		Active: func(verb, resource string) bool {
			return resource != "secrets" && (verb == "get" || verb == "list" || verb == "watch" || verb == "create" && resource == "pods/exec")
		},
		SecretNames: func(verb, resource string) bool { return resource == "secrets" && (verb == "get" || verb == "list") },
		AppWrites:   func(_, resource string) bool { return resource == "pods/proxy" },
	}
	roles := Roles()
	if len(roles) != len(may) {
		t.Fatalf("%d roles, want %d", len(roles), len(may))
	}
	for _, role := range roles {
		rules := role.ClusterRules()
		if len(rules) == 0 {
			t.Errorf("%s is empty", role.Name)
		}
		for _, rule := range rules {
			for _, resource := range rule.Resources {
				for _, verb := range rule.Verbs {
					if !may[role.Name](verb, resource) {
						t.Errorf("%s grants to %s %s", role.Name, verb, resource)
					}
				}
			}
		}
	}
}

// Every right of the list is granted by the role that Right.Role names.
func TestRolesHoldEveryRight(t *testing.T) {
	granted := map[string][]string{}
	for _, role := range Roles() {
		for _, rule := range role.ClusterRules() {
			for _, resource := range rule.Resources {
				for _, verb := range rule.Verbs {
					granted[role.Name] = append(granted[role.Name], Right{verb, rule.APIGroups[0], resource}.String())
				}
			}
		}
	}
	for _, asked := range Questions(Commands()) {
		if !slices.Contains(granted[asked.Role()], asked.String()) {
			t.Errorf("%s does not grant to %s", asked.Role(), asked.Right)
		}
	}
	for _, right := range granted[Read] {
		if !slices.Contains(granted[Active], right) {
			t.Errorf("%s lacks %s of %s", Active, right, Read)
		}
	}
}

func TestEveryLossIsSaidInBothLanguages(t *testing.T) {
	for _, language := range message.Languages() {
		catalog, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, command := range Commands() {
			for _, need := range command.Needs {
				text := catalog.Text(need.Lost, message.Args{"Resource": need.Resource})
				if strings.HasPrefix(text, "[") || strings.Contains(text, "<no value>") || !strings.HasPrefix(need.Lost, "access.lost-") {
					t.Errorf("%s, %s, in %s: %q says %q", command.Name, need.Right, language, need.Lost, text)
				}
			}
		}
	}
}
