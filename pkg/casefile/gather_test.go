package casefile_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
)

// shelf is a reader that has whole objects and logs, too.
type shelf struct {
	*reader
	logs map[string]casefile.Log
}

var _ casefile.Library = (*shelf)(nil)

func (s *shelf) Whole(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	answer := s.Metadata(ctx, kind, query)
	objects := make([]unstructured.Unstructured, len(answer.Value))
	for i := range answer.Value {
		objects[i].Object = map[string]any{"data": map[string]any{"of": answer.Value[i].Name}}
		objects[i].SetName(answer.Value[i].Name)
		objects[i].SetNamespace(answer.Value[i].Namespace)
	}
	return casefile.Answer[[]unstructured.Unstructured]{State: answer.State, Value: objects, Err: answer.Err}
}

func (s *shelf) Log(_ context.Context, question casefile.Question) casefile.Answer[casefile.Log] {
	name := fmt.Sprintf("log %s/%s/%s %v", question.Namespace, question.Name, question.Container, question.Previous)
	if err := s.ask(name, nil, ""); err != nil {
		return casefile.Unanswered[casefile.Log](casefile.Denied, err)
	}
	log, found := s.logs[name]
	if !found {
		return casefile.Unanswered[casefile.Log](casefile.Absent, errors.New("no such log"))
	}
	return casefile.Answered(log)
}

// core asks for an object of core/v1: for all of its kind when the name is empty.
func core(kind string, part casefile.Part, namespace, name string) casefile.Question {
	return casefile.Question{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: kind}, Part: part, Namespace: namespace, Name: name}
}

func configMap(namespace, name string) casefile.Question {
	return core("ConfigMap", casefile.Whole, namespace, name)
}

func secret(name string) casefile.Question { return core("Secret", casefile.Metadata, "shop", name) }

// in gives an object a namespace, as a list over several tells it.
func in(namespace string, objects ...metav1.PartialObjectMetadata) []metav1.PartialObjectMetadata {
	for i := range objects {
		objects[i].Namespace = namespace
	}
	return objects
}

func newShelf(refuse ...string) *shelf {
	s := &shelf{reader: &reader{refuse: map[string]error{}, owners: map[string][]metav1.PartialObjectMetadata{
		"ConfigMap": in("shop", owner("web", "c1", nil), owner("db", "c2", nil)), "Secret": in("shop", owner("tls", "s1", nil), owner("db", "s2", nil)),
	}}}
	for _, question := range refuse {
		s.refuse[question] = errors.New("not allowed")
	}
	return s
}

func TestQuestionsAreFolded(t *testing.T) {
	var everywhere, nine []casefile.Question
	for i := range 9 {
		everywhere = append(everywhere, configMap(fmt.Sprintf("n%d", i%5), "web"))
		nine = append(nine, secret(fmt.Sprintf("s%d", i)))
	}
	logs := []casefile.Question{
		casefile.LogOf("shop", "web-0", "app", true), casefile.LogOf("shop", "web-0", "app", false), casefile.LogOf("shop", "web-0", "app", true),
	}
	tests := map[string]struct {
		questions []casefile.Question
		refuse    []string
		want      []string
	}{
		"nothing":                       {nil, nil, nil},
		"one object":                    {[]casefile.Question{configMap("shop", "web")}, nil, []string{"ConfigMap shop [web]"}},
		"the same twice":                {[]casefile.Question{configMap("shop", "web"), configMap("shop", "web")}, nil, []string{"ConfigMap shop [web]"}},
		"two of a namespace":            {[]casefile.Question{configMap("shop", "web"), configMap("shop", "db")}, nil, []string{"ConfigMap shop"}},
		"one, and the names of all":     {[]casefile.Question{secret("tls"), secret("")}, nil, []string{"Secret shop"}},
		"metadata is not the whole":     {[]casefile.Question{configMap("shop", "web"), core("ConfigMap", casefile.Metadata, "shop", "db")}, nil, []string{"ConfigMap shop [db]", "ConfigMap shop [web]"}},
		"two namespaces":                {[]casefile.Question{configMap("shop", "web"), configMap("bank", "web")}, nil, []string{"ConfigMap bank [web]", "ConfigMap shop [web]"}},
		"many namespaces":               {everywhere, nil, []string{"ConfigMap "}},
		"logs are not listed":           {logs, nil, []string{"log shop/web-0/app false", "log shop/web-0/app true"}},
		"of the default namespace, all": {[]casefile.Question{casefile.EventsOfNodes(), casefile.EventsIn("default")}, nil, []string{"events default"}},
		"a list that is refused":        {[]casefile.Question{secret("tls"), secret("db")}, []string{"Secret shop"}, []string{"Secret shop", "Secret shop [db]", "Secret shop [tls]"}},
		"too many to try one by one":    {nine, []string{"Secret shop"}, []string{"Secret shop"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newShelf(test.refuse...)
			file := casefile.New(nil, now).Gather(t.Context(), s, test.questions)
			if diff := cmp.Diff(test.want, s.questions()); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
			for _, question := range test.questions {
				if !file.Knows(question) {
					t.Errorf("nothing is known of %+v", question)
				}
			}
			asked := len(s.asked)
			if file.Gather(t.Context(), s, test.questions); len(s.asked) != asked {
				t.Errorf("asked again: %v", s.asked[asked:])
			}
		})
	}
}

// forbidden lets a user GET what is named, and LIST nothing.
type forbidden struct{ *shelf }

func (f forbidden) Metadata(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	if len(query.Names) == 0 {
		f.refuse[kind.Kind+" "+query.Namespace] = errors.New("not allowed to list")
		defer delete(f.refuse, kind.Kind+" "+query.Namespace)
	}
	return f.shelf.Metadata(ctx, kind, query)
}

// TestWhoMayNotListGetsPieceByPiece: also in a later round, when the refusal of the list is known.
func TestWhoMayNotListGetsPieceByPiece(t *testing.T) {
	library := forbidden{newShelf()}
	file := casefile.New(nil, now).Gather(t.Context(), library, []casefile.Question{secret("tls"), secret("gone"), secret("")})
	states := func(questions ...casefile.Question) (all []string) {
		for _, question := range questions {
			all = append(all, file.Answer(question).State.String())
		}
		return all
	}
	if diff := cmp.Diff([]string{"Known", "Absent", "Denied", "Denied"}, append(states(secret("tls"), secret("gone"), secret("")), file.Names(secret("")).State.String())); diff != "" {
		t.Errorf("first round (-want +got):\n%s", diff)
	}
	file = file.Gather(t.Context(), library, []casefile.Question{secret("db"), secret("other")})
	if diff := cmp.Diff([]string{"Known", "Absent"}, states(secret("db"), secret("other"))); diff != "" {
		t.Errorf("second round (-want +got):\n%s", diff)
	}
	want := []string{"Secret shop", "Secret shop [db]", "Secret shop [gone]", "Secret shop [other]", "Secret shop [tls]"}
	if diff := cmp.Diff(want, library.questions()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// TestManyNamespacesOrFew: who may not read the whole cluster reads the namespaces one by one.
func TestManyNamespacesOrFew(t *testing.T) {
	var questions []casefile.Question
	for _, namespace := range []string{"a", "b", "c", "d", "shop"} {
		questions = append(questions, configMap(namespace, "web"))
	}
	s := newShelf("ConfigMap ")
	file := casefile.New(nil, now).Gather(t.Context(), s, questions)
	want := []string{"ConfigMap ", "ConfigMap a [web]", "ConfigMap b [web]", "ConfigMap c [web]", "ConfigMap d [web]", "ConfigMap shop [web]"}
	if diff := cmp.Diff(want, s.questions()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if got := file.Answer(configMap("shop", "web")).State; got != casefile.Known {
		t.Errorf("shop/web is %v", got)
	}
}

func TestAnswersOfALists(t *testing.T) {
	s := newShelf()
	questions := []casefile.Question{configMap("shop", "web"), configMap("shop", "gone"), secret("tls"), secret("gone"), secret("")}
	file := casefile.New(nil, now).Gather(t.Context(), s, questions)
	web := casefile.Object[corev1.ConfigMap](file, configMap("shop", "web"))
	if web.State != casefile.Known || web.Value.Name != "web" || web.Value.Data["of"] != "web" {
		t.Errorf("ConfigMap web: %+v", web)
	}
	if got := casefile.Object[corev1.ConfigMap](file, configMap("shop", "gone")).State; got != casefile.Absent {
		t.Errorf("a ConfigMap that is not in the list is %v", got)
	}
	// What the list held is known, though nobody asked for it.
	if got := file.Answer(configMap("shop", "db")).State; got != casefile.Known {
		t.Errorf("a ConfigMap of the list is %v", got)
	}
	if got := file.Answer(configMap("bank", "web")).State; got != casefile.NotYet {
		t.Errorf("a ConfigMap of another namespace is %v", got)
	}
	tls := file.MetadataOf(secret("tls"))
	if tls.State != casefile.Known || tls.Value.UID != "s1" || file.MetadataOf(secret("gone")).State != casefile.Absent {
		t.Errorf("Secret tls: %+v, the other one is %v", tls, file.MetadataOf(secret("gone")).State)
	}
	if names := file.Names(secret("")); names.State != casefile.Known || !cmp.Equal(names.Value, []string{"db", "tls"}) {
		t.Errorf("names: %+v", names)
	}
}

func TestNamesOfOneNamespaceOutOfMany(t *testing.T) {
	s := newShelf()
	s.owners["Secret"] = append(in("shop", owner("z", "1", nil), owner("a", "2", nil)), in("bank", owner("b", "3", nil))...)
	var questions []casefile.Question
	for _, namespace := range []string{"a", "b", "bank", "d", "shop"} {
		questions = append(questions, core("Secret", casefile.Metadata, namespace, ""))
	}
	file := casefile.New(nil, now).Gather(t.Context(), s, questions)
	if diff := cmp.Diff([]string{"Secret "}, s.questions()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	for namespace, want := range map[string][]string{"shop": {"a", "z"}, "bank": {"b"}, "d": nil} {
		if got := file.Names(core("Secret", casefile.Metadata, namespace, "")); got.State != casefile.Known || !cmp.Equal(got.Value, want) {
			t.Errorf("names of %s: %+v, want %v", namespace, got, want)
		}
	}
}

func TestLogs(t *testing.T) {
	s := newShelf("log shop/web-0/app false")
	s.logs = map[string]casefile.Log{"log shop/web-0/app true": {Lines: []casefile.LogLine{{Text: "bye"}}, Cut: true}}
	previous, current, other := casefile.LogOf("shop", "web-0", "app", true), casefile.LogOf("shop", "web-0", "app", false), casefile.LogOf("shop", "web-0", "side", false)
	before := casefile.New(nil, now)
	file := before.Gather(t.Context(), s, []casefile.Question{previous, current, other})
	if got := file.Log(previous); got.State != casefile.Known || got.Value.Lines[0].Text != "bye" || !got.Value.Cut {
		t.Errorf("previous log: %+v", got)
	}
	if got, absent := file.Log(current), file.Log(other); got.State != casefile.Denied || got.Err == nil || absent.State != casefile.Absent {
		t.Errorf("the others are %+v and %+v", got, absent)
	}
	if got := before.Log(previous).State; got != casefile.NotYet {
		t.Errorf("a file is immutable, and the old one has a log that is %v", got)
	}
}
