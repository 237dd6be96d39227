package sarif

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	format "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/kubectl-podkit/podkit/pkg/report/document"
)

// result is a finding that no other of its pod explains, and the pods of one workload that have it.
type result struct {
	namespace string
	workload  document.Workload
	finding   *document.Finding
	verdict   string
	pods      []document.Object
	symptoms  []string
}

type results struct{ list []*result }

// newResults collects what is not a symptom, replicas put together.
func newResults(found *document.Diagnosis) *results {
	all := &results{}
	for i := range found.Targets {
		target := &found.Targets[i]
		for j := range target.Findings {
			if finding := &target.Findings[j]; len(finding.Because) == 0 {
				all.add(target, finding)
			}
		}
	}
	return all
}

func (r *results) add(target *document.Target, finding *document.Finding) {
	made := &result{namespace: target.Object.Namespace, workload: target.Workload, finding: finding, verdict: target.Verdict}
	at := slices.IndexFunc(r.list, func(other *result) bool { return other.fingerprint() == made.fingerprint() })
	if at < 0 {
		at = len(r.list)
		r.list = append(r.list, made)
	}
	r.list[at].pods = append(r.list[at].pods, target.Object)
	for i := range target.Findings {
		symptom := &target.Findings[i]
		caused := slices.ContainsFunc(symptom.Because, func(cause document.Reference) bool {
			return cause.ID == finding.ID && cause.Container == finding.Container
		})
		if caused && !slices.Contains(r.list[at].symptoms, symptom.ID) {
			r.list[at].symptoms = append(r.list[at].symptoms, symptom.ID)
		}
	}
}

// rules are the ids of what was found, sorted.
func (r *results) rules() []string {
	var ids []string
	for _, result := range r.list {
		ids = append(ids, result.finding.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// fingerprint is the same for the same trouble in another run: of the workload, not of its pods.
func (r *result) fingerprint() string {
	parts := []string{r.namespace, r.workload.Kind, r.workload.Name, r.finding.ID, r.finding.Container}
	if object := r.finding.Object; object.Kind != "Pod" {
		parts = append(parts, object.Kind, object.Name)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// mostPods is how many pods of a workload are named.
const mostPods = 100

func (r *result) sarif(rule int) *format.Result {
	made := format.NewRuleResult(r.finding.ID).WithRuleIndex(rule).WithLevel(level(r.finding.Severity)).WithMessage(message(r.finding.Summary))
	made.WithPartialFingerprints(map[string]string{"podkitCause/v1": r.fingerprint()})
	made.AddLocation(r.location())
	for _, pod := range r.pods[:min(len(r.pods), mostPods)] {
		made.AddRelatedLocation(place(logical(pod)))
	}
	properties := format.NewPropertyBag().Add("verdict", r.verdict).Add("confidence", r.finding.Confidence)
	if len(r.symptoms) > 0 {
		properties.Add("symptoms", r.symptoms)
	}
	properties.Add("evidence", evidenceOf(r.finding)).Add("next", commandsOf(r.finding))
	return made.WithProperties(properties)
}

// location is the container, or the object, that the finding is about, within its workload.
func (r *result) location() *format.Location {
	names := []string{r.namespace, r.workload.Kind + "/" + r.workload.Name}
	kind := "resource"
	if object := r.finding.Object; object.Kind != "" && object.Kind != "Pod" {
		return place(logical(object))
	}
	if r.finding.Container != "" {
		names = append(names, "containers", r.finding.Container)
		kind = "member"
	}
	return place(format.NewLogicalLocation().WithName(clean(names[len(names)-1])).WithFullyQualifiedName(clean(strings.Join(names, "/"))).WithKind(kind))
}

// logical is an object of the cluster.
func logical(object document.Object) *format.LogicalLocation {
	names := []string{object.Kind + "/" + object.Name}
	if object.Namespace != "" {
		names = append([]string{object.Namespace}, names...)
	}
	return format.NewLogicalLocation().WithName(clean(object.Name)).WithFullyQualifiedName(clean(strings.Join(names, "/"))).WithKind("resource")
}

func place(logical *format.LogicalLocation) *format.Location {
	return format.NewLocation().WithLogicalLocations([]*format.LogicalLocation{logical})
}

// evidenceOf is what was read, a text each.
func evidenceOf(finding *document.Finding) []string {
	texts := []string{}
	for i := range finding.Evidence {
		found := &finding.Evidence[i]
		parts := []string{found.Source}
		for _, part := range []string{found.Container, found.Text, found.Field, found.Value} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		if found.Event != nil {
			parts = append(parts, found.Event.Reason, found.Event.Message)
		}
		if found.Log != nil {
			parts = append(parts, found.Log.Text)
		}
		texts = append(texts, clean(strings.Join(parts, " · ")))
	}
	return texts
}

func commandsOf(finding *document.Finding) []string {
	commands := []string{}
	for _, remedy := range finding.Remedies {
		if remedy.Command != "" {
			commands = append(commands, clean(remedy.Command))
		}
	}
	return commands
}
