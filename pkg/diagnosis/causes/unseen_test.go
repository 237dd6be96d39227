package causes_test

import (
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// blind is the library of a scenario that answers another way wherever it would say that an object is not there. A list is
// such an answer for all that is not in it.
type blind struct {
	casefile.Library
	state casefile.State
	// all is true when no object can be looked up at all.
	all bool
	// kept counts the answers that were withheld.
	kept *int
}

func (b blind) Metadata(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]metav1.PartialObjectMetadata] {
	return withheld(b, query, b.Library.Metadata(ctx, kind, query))
}

func (b blind) Whole(ctx context.Context, kind metav1.TypeMeta, query casefile.Query) casefile.Answer[[]unstructured.Unstructured] {
	return withheld(b, query, b.Library.Whole(ctx, kind, query))
}

func withheld[T any](b blind, query casefile.Query, answer casefile.Answer[[]T]) casefile.Answer[[]T] {
	if answer.State == casefile.Known && len(query.Names) > 0 && !b.all {
		return answer
	}
	*b.kept++
	return casefile.Unanswered[[]T](b.state, errors.New("withheld"))
}

// missing are the words with which podkit says that an object of the cluster, or a part of one, is not there.
var missing = map[message.Language]*regexp.Regexp{
	message.English: regexp.MustCompile(`\b(?:does not exist|do not exist|there is no|has no key)\b`),
	message.Chinese: regexp.MustCompile(`不存在|中没有键`),
}

// saysMissing reports whether a finding says, in its sentence or in podkit's words for its evidence, that an object is not
// there.
func (c catalogues) saysMissing(finding *diagnosis.Finding) bool {
	for language, catalog := range c {
		texts := []string{catalog.Text(finding.Summary(), finding.Args)}
		for _, evidence := range finding.Evidence {
			if evidence.Says != "" && evidence.Source == diagnosis.Other {
				texts = append(texts, catalog.Text(evidence.Says, evidence.Args))
			}
		}
		if missing[language].MatchString(strings.Join(texts, "\n")) {
			return true
		}
	}
	return false
}

// catalogues are the words in all languages.
type catalogues map[message.Language]*message.Catalog

func allCatalogues(t *testing.T) catalogues {
	t.Helper()
	all := catalogues{}
	for language := range missing {
		catalog, err := message.NewCatalog(language)
		if err != nil {
			t.Fatal(err)
		}
		all[language] = catalog
	}
	return all
}

// seen are causes of what an object has or lacks that was read itself: a ConfigMap without the key, a Pod without the
// condition.
func seen(finding *diagnosis.Finding, all bool) bool {
	return !all && (finding.ID == "configmap-key-missing" || finding.Form == "subpath-key")
}

// TestNothingUnseenIsCertainlyMissing runs every scenario again with each answer that an object does not exist withheld: the
// look-up is refused, or it fails, or nobody has looked yet, as in get. What then is known of the object is what others say of
// it, which is no certainty.
func TestNothingUnseenIsCertainlyMissing(t *testing.T) {
	files, err := filepath.Glob("../*/testdata")
	if err != nil {
		t.Fatal(err)
	}
	words := allCatalogues(t)
	proved, kept := 0, 0
	for _, folder := range files {
		all, err := scenario.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			for _, target := range s.Diagnose(t, causes.All()).Targets {
				for i := range target.Findings {
					if f := &target.Findings[i]; f.Confidence == diagnosis.Certain && words.saysMissing(f) {
						proved++
					}
				}
			}
			for _, state := range []casefile.State{casefile.Denied, casefile.Failed} {
				for _, nothing := range []bool{false, true} {
					library := blind{s.Library(), state, nothing, &kept}
					found := diagnosis.Diagnose(t.Context(), library, casefile.New(s.Pods(), s.Now()), causes.All())
					words.check(t, s, state.String(), found.Targets, nothing)
				}
			}
			words.check(t, s, "at a glance", diagnosis.Glance(s.Pods(), s.Now(), causes.All()), true)
		}
	}
	if proved < 10 || kept < 100 {
		t.Errorf("%d findings say as certain that something is missing, and %d answers were withheld: is anything tested here?", proved, kept)
	}
}

func (c catalogues) check(t *testing.T, s *scenario.Scenario, how string, targets []diagnosis.Target, all bool) {
	t.Helper()
	for _, target := range targets {
		for i := range target.Findings {
			finding := &target.Findings[i]
			if finding.Confidence == diagnosis.Certain && c.saysMissing(finding) && !seen(finding, all) {
				t.Errorf("%s, %s: %s (%s) is certain that something does not exist which nobody has seen", strings.TrimPrefix(s.File, "../"), how, finding.ID, finding.Form)
			}
		}
	}
}
