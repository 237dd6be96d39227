package cluster_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
	authorizationv1 "k8s.io/api/authorization/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// reviewing is a server that answers one kind of review, and keeps what was posted.
func reviewing(t *testing.T, path, answer string, posted *runtime.Object) *cluster.Cluster {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != path {
			t.Errorf("unexpected request: %s %s", r.Method, r.URL)
		}
		body, err := io.ReadAll(r.Body)
		if err == nil {
			*posted, _, err = scheme.Codecs.UniversalDeserializer().Decode(body, nil, nil)
		}
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	reader, err := cluster.New(flags(t, server.URL), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

func TestMay(t *testing.T) {
	for answer, want := range map[string]bool{`{"allowed": true}`: true, `{"allowed": false, "reason": "no"}`: false} {
		var posted runtime.Object
		c := reviewing(t, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", `{"kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1", "status": `+answer+`}`, &posted)
		got := c.May(t.Context(), "get", "", "pods/log", "shop")
		if got.State != casefile.Known || got.Value != want {
			t.Errorf("%s: %+v", answer, got)
		}
		asked := posted.(*authorizationv1.SelfSubjectAccessReview).Spec.ResourceAttributes
		wantAsked := &authorizationv1.ResourceAttributes{Verb: "get", Resource: "pods", Subresource: "log", Namespace: "shop"}
		if diff := cmp.Diff(wantAsked, asked); diff != "" {
			t.Errorf("asked (-want +got):\n%s", diff)
		}
	}
}

func TestRules(t *testing.T) {
	var posted runtime.Object
	c := reviewing(t, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", `{"kind": "SelfSubjectRulesReview", "apiVersion": "authorization.k8s.io/v1",
		"status": {"incomplete": true, "resourceRules": [{"verbs": ["list"], "apiGroups": [""], "resources": ["pods"]}], "nonResourceRules": []}}`, &posted)
	got := c.Rules(t.Context(), "shop")
	want := authorizationv1.SubjectRulesReviewStatus{
		Incomplete:       true,
		ResourceRules:    []authorizationv1.ResourceRule{{Verbs: []string{"list"}, APIGroups: []string{""}, Resources: []string{"pods"}}},
		NonResourceRules: []authorizationv1.NonResourceRule{},
	}
	if diff := cmp.Diff(want, got.Value); diff != "" || got.State != casefile.Known || posted.(*authorizationv1.SelfSubjectRulesReview).Spec.Namespace != "shop" {
		t.Errorf("%v, posted %v (-want +got):\n%s", got.Err, posted, diff)
	}
}

func TestUser(t *testing.T) {
	var posted runtime.Object
	c := reviewing(t, "/apis/authentication.k8s.io/v1/selfsubjectreviews", `{"kind": "SelfSubjectReview", "apiVersion": "authentication.k8s.io/v1", "status": {"userInfo": {"username": "jane"}}}`, &posted)
	if got := c.User(t.Context()); got.State != casefile.Known || got.Value != "jane" {
		t.Errorf("%+v", got)
	}
}

// A server that refuses reviews is told apart from one that refuses a right.
func TestReviewsThatAreRefused(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse(http.StatusUnauthorized, "Unauthorized", "Unauthorized")(w, r)
	}))
	t.Cleanup(server.Close)
	c, err := cluster.New(flags(t, server.URL), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.May(t.Context(), "list", "", "pods", ""); got.State != casefile.Denied || got.Value {
		t.Errorf("%+v", got)
	}
	if got := c.Rules(t.Context(), "shop"); got.State != casefile.Denied {
		t.Errorf("%+v", got)
	}
	if got := c.User(t.Context()); got.State != casefile.Denied {
		t.Errorf("%+v", got)
	}
}

func TestLocate(t *testing.T) {
	located, err := cluster.Locate(kubeconfig(t, twoContexts))
	if err != nil || located.Context != "a" || located.Namespace != "shop" || located.Server != "https://127.0.0.1:1" || len(located.Files) != 1 {
		t.Errorf("%+v, %v", located, err)
	}
	flags := kubeconfig(t, twoContexts)
	other := "b"
	flags.Context = &other
	if located, err := cluster.Locate(flags); err != nil || located.Context != "b" || located.Namespace != "default" {
		t.Errorf("%+v, %v", located, err)
	}
	flags = kubeconfig(t, twoContexts) // The flags keep what they have read.
	lost := "lost"
	flags.Context = &lost
	if located, err := cluster.Locate(flags); err == nil || len(located.Files) != 1 {
		t.Errorf("%+v, %v", located, err)
	}
	if located, err := cluster.Locate(kubeconfig(t, "")); err == nil || len(located.Files) != 1 {
		t.Errorf("%+v, %v", located, err)
	}
}
