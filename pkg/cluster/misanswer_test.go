package cluster_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
)

// as answers with a code, a type and a body.
func as(code int, media, body string) reply {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

const loginPage = "<!doctype html><title>Sign in</title>"

// readers are the four ways in which lists and objects are read.
func readers() map[string]func(t *testing.T, c *cluster.Cluster, names ...string) casefile.Answer[string] {
	config := metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
	query := func(names []string) casefile.Query { return casefile.Query{Namespace: "shop", Names: names} }
	return map[string]func(*testing.T, *cluster.Cluster, ...string) casefile.Answer[string]{
		"typed": func(t *testing.T, c *cluster.Cluster, names ...string) casefile.Answer[string] {
			return asString(c.Pods(t.Context(), query(names)))
		},
		"raw": func(t *testing.T, c *cluster.Cluster, names ...string) casefile.Answer[string] {
			return asString(c.RawPods(t.Context(), query(names)))
		},
		"metadata": func(t *testing.T, c *cluster.Cluster, names ...string) casefile.Answer[string] {
			return asString(c.Metadata(t.Context(), config, query(names)))
		},
		"whole": func(t *testing.T, c *cluster.Cluster, names ...string) casefile.Answer[string] {
			return asString(c.Whole(t.Context(), config, query(names)))
		},
	}
}

// TestWhatIsNoAnswer: nothing but a list is taken for one, however a server comes to send it.
func TestWhatIsNoAnswer(t *testing.T) {
	const kind, page, foreign = "error.other-kind", "error.page", "error.foreign"
	protobuf := func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Accept", "application/vnd.kubernetes.protobuf")
		object(&corev1.NodeList{})(w, r)
	}
	tests := map[string]struct {
		reply    reply
		id, want string
	}{
		"nothing in it":     {text(`{}`), kind, "something that does not say what it is"},
		"no kind":           {text(`{"items":[]}`), kind, "something that does not say what it is"},
		"another list":      {text(`{"kind":"NodeList","apiVersion":"v1","metadata":{},"items":[]}`), kind, "but with NodeList"},
		"an object":         {text(`{"kind":"Service","apiVersion":"v1","metadata":{"name":"a","uid":"1"}}`), kind, "but with Service"},
		"a table":           {text(`{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"rows":[]}`), kind, "but with Table"},
		"an invented kind":  {text(`{"kind":"Odd","apiVersion":"odd/v1","metadata":{},"items":[]}`), kind, "but with Odd"},
		"a login page":      {as(200, "text/html; charset=utf-8", loginPage), page, "answered 200 with an HTML page"},
		"a proxy's 502":     {as(502, "text/html", "<h1>Bad Gateway</h1>"), page, "answered 502 with an HTML page"},
		"a proxy's 403":     {as(403, "text/html", loginPage), page, "answered 403 with an HTML page"},
		"a proxy's 404":     {as(404, "text/html", loginPage), page, "answered 404 with an HTML page"},
		"text":              {as(200, "text/plain", "ok"), foreign, "answered 200 with text/plain"},
		"broken JSON":       {text(`{"kind":"PodList",`), "error.server", "could not "},
		"no JSON":           {text(`[]`), "", ""},
		"nothing":           {text(``), "", ""},
		"no such resource":  {refuse(404, metav1.StatusReasonNotFound, "the server could not find the requested resource"), "error.no-such-resource", "the server has no such resource as "},
		"no such path":      {as(404, "text/plain", "404 page not found"), "error.no-such-resource", "the server has no such resource as pods: "},
		"another, protobuf": {protobuf, "", ""},
	}
	for name, test := range tests {
		for way, read := range readers() {
			for _, names := range [][]string{nil, {"a"}} {
				if name == "an object" && len(names) > 0 || name == "no such resource" && len(names) > 0 {
					continue // The one is tested below; the other says that the object is not there.
				}
				t.Run(fmt.Sprint(name, " ", way, " ", names), func(t *testing.T) {
					s := serve(t)
					s.expect(shopPods+strings.TrimSuffix("/"+strings.Join(names, ""), "/"), test.reply)
					answer := read(t, s.bounded(cluster.DefaultBounds()), names...)
					if answer.State != casefile.Failed || answer.Err == nil {
						t.Fatalf("taken for an answer: %v %v", answer.State, answer.Err)
					}
					if strings.Contains(answer.Err.Error(), "<") || strings.Contains(answer.Err.Error(), `pod ""`) {
						t.Errorf("the sentence is %q", answer.Err)
					}
					if test.id != "" && !strings.Contains(answer.Err.Error(), test.want) {
						t.Errorf("got %q, want %q in it", answer.Err, test.want)
					}
					if test.id == kind || test.id == page || test.id == foreign {
						checkFailure(t, answer, casefile.Failed, test.id, "the server ")
					}
				})
			}
		}
	}
}

func TestAnotherObject(t *testing.T) {
	for way, read := range readers() {
		s := serve(t)
		s.expect(shopPods+"/a", text(`{"kind":"Service","apiVersion":"v1","metadata":{"name":"a","uid":"1"}}`))
		checkFailure(t, read(t, s.connect(), "a"), casefile.Failed, "error.other-kind", "the server did not answer to get pods with Pod, but with Service; ")
		t.Log(way)
	}
}

// TestACredentialIsNotCarriedElsewhere: a redirection to another host is told, and not followed.
func TestACredentialIsNotCarriedElsewhere(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was asked, with %q", r.Host, r.Header.Get("Authorization"))
		_, _ = io.WriteString(w, loginPage)
	}))
	defer elsewhere.Close()
	login := strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1)
	s := serve(t)
	s.expect(shopPods, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, login+"/login", http.StatusFound) })
	answer := s.bounded(cluster.DefaultBounds()).Pods(t.Context(), casefile.Query{Namespace: "shop"})
	checkFailure(t, asString(answer), casefile.Failed, "error.elsewhere", "the server "+s.http.URL+" answered 302 and sends on to "+login+", ")
}

func TestReviewsAndVersionAreHeldToTheirKind(t *testing.T) {
	var posted runtime.Object
	may := reviewing(t, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", `{}`, &posted).May(t.Context(), "list", "", "pods", "shop")
	checkFailure(t, asString(may), casefile.Failed, "error.other-kind", "the server did not answer to create selfsubjectaccessreviews with SelfSubjectAccessReview, ")
	s := serve(t)
	s.expect("/version", text(`{}`), as(200, "text/html", loginPage))
	reader := s.bounded(cluster.DefaultBounds())
	checkFailure(t, reader.ServerVersion(t.Context()), casefile.Failed, "error.other-kind", "the server did not answer to get /version with version, ")
	checkFailure(t, reader.ServerVersion(t.Context()), casefile.Failed, "error.page", "the server "+s.http.URL+" answered 200 with an HTML page, ")
}

// remaining is a page of a list that says how many pods are left.
func remaining(left int64, more string, names ...string) reply {
	list := pods(more, names...)
	list.RemainingItemCount = &left
	return object(list)
}

func TestHalfReadLists(t *testing.T) {
	timed(t, func(s *server) {
		s.expect(shopPods, remaining(1233, "t1", "a"), broken, remaining(2, "t1", "a"), forbidden, object(pods("t1", "a", "b")), hang)
	}, func(t *testing.T, s *server) {
		bounds, _ := heard()
		reader := s.within(t, bounds, "")
		for _, want := range []struct {
			state    casefile.State
			sentence string
		}{
			{casefile.Failed, "only 1 of about 1234 pods could be read, which is too little to go on: could not list pods: etcdserver: request timed out"},
			{casefile.Denied, `only 1 of about 3 pods could be read, which is too little to go on: not allowed to list pods in namespace "shop": pods is forbidden`},
			{casefile.Failed, "only 2 pods could be read, which is too little to go on: the server " + s.http.URL + " did not answer in time: nothing came within 30s "},
		} {
			answer := reader.Pods(t.Context(), shopQuery)
			checkFailure(t, asString(answer), want.state, "error.half-read", want.sentence)
		}
	})
}

// TestEndlessLists: each list would go on for ever.
func TestEndlessLists(t *testing.T) {
	page := 0
	paged := func(reply func(more string) reply) reply {
		return func(w http.ResponseWriter, r *http.Request) {
			page++
			reply(fmt.Sprint("t", page))(w, r)
		}
	}
	for name, test := range map[string]struct {
		reply reply
		pages string
	}{
		"the same token":   {object(pods("t", "a")), "after 2 pages "},
		"nothing but more": {paged(func(more string) reply { return object(pods(more)) }), "after 10 pages "},
		"as many left":     {paged(func(more string) reply { return remaining(7, more, "a") }), "after 11 pages "},
		"a pod a page":     {paged(func(more string) reply { return object(pods(more, "a")) }), "after 100 pages "},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			s.always[shopPods] = test.reply
			answer := s.connect().Pods(t.Context(), casefile.Query{Namespace: "shop"})
			checkFailure(t, asString(answer), casefile.Failed, "error.half-read", "only ")
			if !strings.Contains(answer.Err.Error(), ": "+test.pages+"the server offers yet another one of pods ") {
				t.Errorf("got %q, want %q", answer.Err, test.pages)
			}
		})
	}
}

// TestCourseOfALongList: a list of full pages goes on, but not for ever.
func TestCourseOfALongList(t *testing.T) {
	var course cluster.Course
	for page := 1; page < 2000; page++ {
		if err := course.Page(500, fmt.Sprint(page), nil); err != nil {
			t.Fatalf("page %d: %v", page, err)
		}
	}
	if err := course.Page(500, "more", nil); err == nil {
		t.Error("a list of a million objects goes on")
	}
}
