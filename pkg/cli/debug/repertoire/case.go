package repertoire

import (
	"context"
	"fmt"
	"slices"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/target"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// Examine reads what was asked for and diagnoses it. No pods at all are no error: some may be on their way.
func (t Tools) Examine(ctx context.Context, subject *Subject) error {
	pods, err := target.Pods(ctx, t.Cluster, subject.Spec)
	if err != nil {
		return err
	}
	found := diagnosis.Diagnose(ctx, t.Cluster, casefile.New(pods, t.Now()), causes.All())
	if ctx.Err() != nil {
		return ctx.Err() // What was found so far would pass for all there is.
	}
	subject.Diagnosis = found
	return nil
}

// NoPods is the error of a run that has no pod to look at.
func (t Tools) NoPods(subject *Subject) error {
	return message.Errorf(nil, "debug.no-pods", message.Args{
		"Asked": subject.Asked(), "Namespace": subject.Spec.Namespace, "Command": t.Kubectl.command(subject.Spec.Namespace, "podkit get pods"),
	})
}

// Target is what was found about the pod that the run follows; before it follows one, about the worst. It is nil when
// nothing was diagnosed.
func (s *Subject) Target() *diagnosis.Target {
	if s.Diagnosis == nil || len(s.Diagnosis.Targets) == 0 {
		return nil
	}
	if s.Pod == nil {
		return &s.Diagnosis.Targets[0]
	}
	for i := range s.Diagnosis.Targets {
		if pod := s.Diagnosis.Targets[i].Pod; pod.Name == s.Pod.Name && pod.Namespace == s.Pod.Namespace {
			return &s.Diagnosis.Targets[i]
		}
	}
	return nil
}

// FollowWorst makes the run follow the pod that is worst off, and look into the container that its root cause is about
// unless the user named one.
func (s *Subject) FollowWorst() {
	worst := s.Target()
	if worst == nil {
		return
	}
	s.Pod = worst.Pod.DeepCopy()
	if root := worst.Root(); root != nil && s.Container == "" {
		s.Container = root.Container
	}
}

// Case is the diagnosis as conditions see it.
func (s *Subject) Case() workflow.Case {
	known := workflow.Case{Target: s.named()}
	found := s.Target()
	if found == nil {
		return known
	}
	known.Verdict = string(found.Verdict)
	for i := range found.Findings {
		known.Findings = append(known.Findings, finding(&found.Findings[i]))
	}
	if root := found.Root(); root != nil {
		known.Root = known.Findings[0]
		for i := range found.Findings {
			if slices.Contains(found.Findings[i].Because, root.Key()) {
				known.Root.Symptoms = append(known.Root.Symptoms, found.Findings[i].ID)
			}
		}
	}
	return known
}

// named is what the user named.
func (s *Subject) named() workflow.Target {
	named := workflow.Target{Kind: "namespace", Name: s.Asked(), Namespace: s.Spec.Namespace}
	switch {
	case len(s.Spec.Names) > 0 && target.IsPodType(s.Spec.Names[0].Resource), len(s.Spec.Names) > 0 && s.Spec.Names[0].Resource == "":
		named.Kind = "pod"
	case len(s.Spec.Names) > 0:
		named.Kind = "owner"
	case s.Spec.Labels != "" || s.Spec.Fields != "":
		named.Kind = "selector"
	case s.Spec.Namespace == "":
		named.Kind = "cluster"
	}
	if s.Diagnosis != nil {
		named.Pods = len(s.Diagnosis.Targets)
	}
	return named
}

func finding(found *diagnosis.Finding) workflow.Finding {
	told := workflow.Finding{
		ID: found.ID, Family: family(found.ID), Severity: found.Severity.String(), Confidence: found.Confidence.String(),
		Container: found.Container,
		Object:    workflow.Object{Kind: found.Object.Kind, Namespace: found.Object.Namespace, Name: found.Object.Name},
		Args:      make(map[string]string, len(found.Args)),
	}
	for name, value := range found.Args {
		told.Args[name] = fmt.Sprint(value)
	}
	return told
}

// family is the family of the rule that finds a cause.
func family(id string) string {
	for _, entry := range causes.Entries(causes.Families()) {
		if entry.ID == id {
			return entry.Family
		}
	}
	return ""
}

// RootArgs is what texts can say of the root cause.
func (s *Subject) RootArgs(messages *message.Catalog) map[string]string {
	found := s.Target()
	if found == nil || found.Root() == nil {
		return map[string]string{"ID": "", "Title": "", "Summary": "", "Container": ""}
	}
	root := found.Root()
	return map[string]string{
		"ID": root.ID, "Title": messages.Text("finding." + root.ID + ".title"),
		"Summary": messages.Text(root.Summary(), root.Args), "Container": root.Container,
	}
}
