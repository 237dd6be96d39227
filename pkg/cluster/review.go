package cluster

import (
	"context"
	"strings"

	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	authentication "k8s.io/client-go/kubernetes/typed/authentication/v1"
	authorization "k8s.io/client-go/kubernetes/typed/authorization/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// Reviews are questions in the form of objects that are posted; the server answers and keeps nothing. Every user may put
// them about themselves (ClusterRole system:basic-user).

// Rules returns what the user may do in a namespace, as far as the server can list it; see Incomplete of its answer.
func (c *Cluster) Rules(ctx context.Context, namespace string) casefile.Answer[authorizationv1.SubjectRulesReviewStatus] {
	asked := request{verb: "create", resource: "selfsubjectrulesreviews"}
	client, err := authorization.NewForConfigAndClient(c.config, c.http)
	if err != nil {
		return unanswered[authorizationv1.SubjectRulesReviewStatus](err, asked)
	}
	review := &authorizationv1.SelfSubjectRulesReview{Spec: authorizationv1.SelfSubjectRulesReviewSpec{Namespace: namespace}}
	review, err = decoded[*authorizationv1.SelfSubjectRulesReview](
		client.RESTClient().Post().Resource(asked.resource).Body(review).Do(ctx), "SelfSubjectRulesReview")
	if err != nil {
		return unanswered[authorizationv1.SubjectRulesReviewStatus](err, asked)
	}
	return casefile.Answered(review.Status)
}

// May asks whether the user has a right; an empty namespace means the whole cluster. The resource may hold a subresource.
func (c *Cluster) May(ctx context.Context, verb, group, resource, namespace string) casefile.Answer[bool] {
	asked := request{verb: "create", resource: "selfsubjectaccessreviews"}
	client, err := authorization.NewForConfigAndClient(c.config, c.http)
	if err != nil {
		return unanswered[bool](err, asked)
	}
	review := &authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
		ResourceAttributes: attributes(verb, group, resource, namespace),
	}}
	review, err = decoded[*authorizationv1.SelfSubjectAccessReview](
		client.RESTClient().Post().Resource(asked.resource).Body(review).Do(ctx), "SelfSubjectAccessReview")
	if err != nil {
		return unanswered[bool](err, asked)
	}
	return casefile.Answered(review.Status.Allowed)
}

// attributes divides a resource from its subresource, as reviews do and rules of RBAC do not.
func attributes(verb, group, resource, namespace string) *authorizationv1.ResourceAttributes {
	of, sub, _ := strings.Cut(resource, "/")
	return &authorizationv1.ResourceAttributes{Verb: verb, Group: group, Resource: of, Subresource: sub, Namespace: namespace}
}

// User returns the name by which the server knows the user.
func (c *Cluster) User(ctx context.Context) casefile.Answer[string] {
	asked := request{verb: "create", resource: "selfsubjectreviews"}
	client, err := authentication.NewForConfigAndClient(c.config, c.http)
	if err != nil {
		return unanswered[string](err, asked)
	}
	review, err := decoded[*authenticationv1.SelfSubjectReview](
		client.RESTClient().Post().Resource(asked.resource).Body(&authenticationv1.SelfSubjectReview{}).Do(ctx), "SelfSubjectReview")
	if err != nil {
		return unanswered[string](err, asked)
	}
	return casefile.Answered(review.Status.UserInfo.Username)
}
