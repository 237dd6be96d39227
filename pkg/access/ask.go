package access

import (
	"context"
	"slices"
	"strings"
	"sync"

	authorizationv1 "k8s.io/api/authorization/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// Reviewer asks a server about the rights of the user who asks; cluster.Cluster does.
type Reviewer interface {
	// Rules returns what the user may do in a namespace, as far as the server can list it.
	Rules(ctx context.Context, namespace string) casefile.Answer[authorizationv1.SubjectRulesReviewStatus]
	// May asks about one right; an empty namespace means the whole cluster.
	May(ctx context.Context, verb, group, resource, namespace string) casefile.Answer[bool]
}

// atOnce is how many reviews are under way at the same time.
const atOnce = 8

// Ask finds out which of some rights the user has, with pods in one namespace, or in all of them when it is empty. One
// review lists the rights in the namespace; only what it cannot tell costs a review of its own: rights elsewhere, and all of
// them where an authorizer cannot list its rules (a webhook, say). err is why nothing could be learned.
func Ask(ctx context.Context, reviewer Reviewer, namespace string, questions []Asked) (known map[Asked]Allowance, err error) {
	known = map[Asked]Allowance{}
	var listed casefile.Answer[authorizationv1.SubjectRulesReviewStatus]
	if namespace != "" {
		listed = reviewer.Rules(ctx, namespace)
	}
	var (
		single []Asked
		mu     sync.Mutex
		all    sync.WaitGroup
		slots  = make(chan struct{}, atOnce)
	)
	for _, asked := range questions {
		switch {
		case asked.Place != There || listed.State != casefile.Known:
			single = append(single, asked)
		case grants(listed.Value.ResourceRules, asked.Right):
			known[asked] = Allowed
		case listed.Value.Incomplete:
			single = append(single, asked)
		default:
			known[asked] = Refused
		}
	}
	err = listed.Err
	for _, asked := range single {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			answer := reviewer.May(ctx, asked.Verb, asked.Group, asked.Resource, asked.Place.Namespace(namespace))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case answer.State != casefile.Known:
				err = answer.Err
			case answer.Value:
				known[asked] = Allowed
			default:
				known[asked] = Refused
			}
		})
	}
	all.Wait()
	if len(known) > 0 {
		err = nil
	}
	return known, err
}

// grants reports whether rules hold a right to all objects of its resource, as RBAC reads them (kubernetes
// pkg/apis/rbac/v1/evaluation_helpers.go).
func grants(rules []authorizationv1.ResourceRule, right Right) bool {
	_, sub, divided := strings.Cut(right.Resource, "/")
	return slices.ContainsFunc(rules, func(rule authorizationv1.ResourceRule) bool {
		return len(rule.ResourceNames) == 0 &&
			anyOf(rule.Verbs, right.Verb, "*") &&
			anyOf(rule.APIGroups, right.Group, "*") &&
			(anyOf(rule.Resources, right.Resource, "*") || divided && slices.Contains(rule.Resources, "*/"+sub))
	})
}

func anyOf(words []string, wanted ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(wanted, word) })
}
