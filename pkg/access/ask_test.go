package access

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	authorizationv1 "k8s.io/api/authorization/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// reviewer answers from what it was given, and writes down the single questions.
type reviewer struct {
	rules  casefile.Answer[authorizationv1.SubjectRulesReviewStatus]
	grants []string
	broken bool

	mu    sync.Mutex
	asked []string
}

func (r *reviewer) Rules(context.Context, string) casefile.Answer[authorizationv1.SubjectRulesReviewStatus] {
	return r.rules
}

func (r *reviewer) May(_ context.Context, verb, group, resource, namespace string) casefile.Answer[bool] {
	asked := Right{verb, group, resource}.String() + " in " + namespace
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, asked)
	if r.broken {
		return casefile.Unanswered[bool](casefile.Failed, errors.New("no reviews"))
	}
	return casefile.Answered(slices.Contains(r.grants, asked))
}

func rules(incomplete bool, all ...authorizationv1.ResourceRule) casefile.Answer[authorizationv1.SubjectRulesReviewStatus] {
	return casefile.Answered(authorizationv1.SubjectRulesReviewStatus{ResourceRules: all, Incomplete: incomplete})
}

func TestAsk(t *testing.T) {
	pods, log := Asked{Right{"list", "", "pods"}, There}, Asked{Right{"get", "", "pods/log"}, There}
	nodes, events := Asked{Right{"list", "", "nodes"}, Everywhere}, Asked{Right{"list", "", "events"}, NodeEvents}
	questions := []Asked{pods, log, nodes, events}
	podsOnly := authorizationv1.ResourceRule{Verbs: []string{"list"}, APIGroups: []string{""}, Resources: []string{"pods"}}
	tests := map[string]struct {
		reviewer  *reviewer
		namespace string
		known     map[Asked]Allowance
		asked     []string
		fails     bool
	}{
		"one review for the namespace, one each elsewhere": {
			&reviewer{rules: rules(false, podsOnly), grants: []string{"list events in default"}}, "shop",
			map[Asked]Allowance{pods: Allowed, log: Refused, nodes: Refused, events: Allowed},
			[]string{"list events in default", "list nodes in "},
			false,
		},
		"an authorizer that cannot list its rules": {
			&reviewer{rules: rules(true, podsOnly), grants: []string{"get pods/log in shop"}}, "shop",
			map[Asked]Allowance{pods: Allowed, log: Allowed, nodes: Refused, events: Refused},
			[]string{"get pods/log in shop", "list events in default", "list nodes in "},
			false,
		},
		"the whole cluster": {
			&reviewer{grants: []string{"list pods in "}}, "",
			map[Asked]Allowance{pods: Allowed, log: Refused, nodes: Refused, events: Refused},
			[]string{"get pods/log in ", "list events in default", "list nodes in ", "list pods in "},
			false,
		},
		"nothing can be learned": {
			&reviewer{rules: casefile.Unanswered[authorizationv1.SubjectRulesReviewStatus](casefile.Failed, errors.New("no")), broken: true}, "shop",
			map[Asked]Allowance{},
			[]string{"get pods/log in shop", "list events in default", "list nodes in ", "list pods in shop"},
			true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			known, err := Ask(t.Context(), test.reviewer, test.namespace, questions)
			if diff := cmp.Diff(test.known, known); diff != "" || (err != nil) != test.fails {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
			slices.Sort(test.reviewer.asked)
			if diff := cmp.Diff(test.asked, test.reviewer.asked); diff != "" {
				t.Errorf("single reviews (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGrants(t *testing.T) {
	rule := func(verb, group, resource string, names ...string) authorizationv1.ResourceRule {
		return authorizationv1.ResourceRule{Verbs: []string{verb}, APIGroups: []string{group}, Resources: []string{resource}, ResourceNames: names}
	}
	log := Right{"get", "", "pods/log"}
	tests := map[string]struct {
		rule  authorizationv1.ResourceRule
		right Right
		want  bool
	}{
		"itself":                 {rule("get", "", "pods/log"), log, true},
		"all verbs":              {rule("*", "", "pods/log"), log, true},
		"all groups":             {rule("get", "*", "pods/log"), log, true},
		"all resources":          {rule("get", "", "*"), log, true},
		"all logs":               {rule("get", "", "*/log"), log, true},
		"pods are not their log": {rule("get", "", "pods"), log, false},
		"another subresource":    {rule("get", "", "*/exec"), log, false},
		"another verb":           {rule("list", "", "pods/log"), log, false},
		"another group":          {rule("get", "apps", "deployments"), Right{"get", "", "deployments"}, false},
		"some objects only":      {rule("get", "", "pods/log", "web-0"), log, false},
	}
	for name, test := range tests {
		if got := grants([]authorizationv1.ResourceRule{test.rule}, test.right); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
