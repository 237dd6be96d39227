package access

import (
	"cmp"
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
)

// The roles, by their names in deploy/rbac.
const (
	// Read is what every command that only reads asks for, names of Secrets excepted.
	Read = "podkit-read"
	// Active is Read, and what it takes to get into a pod: exec, curl and the guided run.
	Active = "podkit-active"
	// SecretNames lets diagnose tell whether a Secret exists. RBAC knows no right to the metadata alone: who holds it may
	// read the data with other tools, which is why it is apart from Read.
	SecretNames = "podkit-secret-names"
	// AppWrites lets curl send to apps what is no GET.
	AppWrites = "podkit-app-writes"
)

// Role is a role that podkit's users can be given.
type Role struct {
	Name  string
	Rules []rbacv1.PolicyRule
	// Elsewhere are the rules that a Role in the namespace of the pods cannot grant: they are for Nodes, or for other
	// namespaces. A ClusterRole grants them along with Rules.
	Elsewhere []rbacv1.PolicyRule
}

// Roles are the roles that together hold every right in the list, each right in one of them, and all of Read in Active as
// well.
func Roles() []Role {
	rights := map[string][]Asked{}
	for _, asked := range Questions(Commands()) {
		name := asked.Role()
		rights[name] = append(rights[name], asked)
		if name == Read {
			rights[Active] = append(rights[Active], asked)
		}
	}
	var roles []Role
	for _, name := range []string{Read, Active, SecretNames, AppWrites} {
		role := Role{Name: name}
		var inside, outside []Right
		for _, asked := range rights[name] {
			if asked.Place == There {
				inside = append(inside, asked.Right)
			} else {
				outside = append(outside, asked.Right)
			}
		}
		role.Rules, role.Elsewhere = Rules(inside), Rules(outside)
		roles = append(roles, role)
	}
	return roles
}

// ClusterRules are the rules of the role as a ClusterRole.
func (r Role) ClusterRules() []rbacv1.PolicyRule {
	var rights []Right
	for _, rule := range slices.Concat(r.Rules, r.Elsewhere) {
		for _, resource := range rule.Resources {
			for _, verb := range rule.Verbs {
				rights = append(rights, Right{Verb: verb, Group: rule.APIGroups[0], Resource: resource})
			}
		}
	}
	return Rules(rights)
}

// Rules are the fewest rules that grant rights and nothing else: one for each group and set of verbs.
func Rules(rights []Right) []rbacv1.PolicyRule {
	sorted := slices.Compact(slices.SortedFunc(slices.Values(rights), compare))
	var rules []rbacv1.PolicyRule
	for len(sorted) > 0 {
		first := sorted[0]
		end := slices.IndexFunc(sorted, func(r Right) bool { return r.Group != first.Group || r.Resource != first.Resource })
		if end < 0 {
			end = len(sorted)
		}
		var verbs []string
		for _, right := range sorted[:end] {
			verbs = append(verbs, right.Verb)
		}
		rules = addRule(rules, first, verbs)
		sorted = sorted[end:]
	}
	slices.SortStableFunc(rules, func(a, b rbacv1.PolicyRule) int { return cmp.Compare(a.APIGroups[0], b.APIGroups[0]) })
	return rules
}

// addRule puts a resource into the rule that has the same group and verbs.
func addRule(rules []rbacv1.PolicyRule, of Right, verbs []string) []rbacv1.PolicyRule {
	for i := range rules {
		if rules[i].APIGroups[0] == of.Group && slices.Equal(rules[i].Verbs, verbs) {
			rules[i].Resources = append(rules[i].Resources, of.Resource)
			return rules
		}
	}
	return append(rules, rbacv1.PolicyRule{APIGroups: []string{of.Group}, Resources: []string{of.Resource}, Verbs: verbs})
}
