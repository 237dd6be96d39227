package diagnosis

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/podstate"
)

// Limits of one diagnosis. Chains of questions are short (an object, then its neighbours), so a rule that goes on asking is
// broken; logs are the dearest thing to read, and one stands for all replicas that died alike.
const (
	maxRounds = 6
	maxLogs   = 60
)

// Diagnosis is what was found about some pods at one moment.
type Diagnosis struct {
	// File is all that was read.
	File *casefile.File
	// Targets are the pods, the worst first.
	Targets []Target
	// Groups are the targets that share a root cause, the largest first.
	Groups []Group
	// Unknowns are the questions to which no answer came.
	Unknowns []Unknown
	// Rounds is how often questions were put.
	Rounds int
}

// Target is one pod and what was found about it.
type Target struct {
	Pod      *corev1.Pod
	Workload Workload
	Verdict  Verdict
	// State is the pod's own state in a few words; empty when it is well.
	State podstate.Reason
	// Since is since when it has not been ready; zero when it is.
	Since time.Time
	// Findings are ranked: the root cause first, then what it explains, then the rest.
	Findings []Finding
}

// Root is the root cause, or nil when nothing was found that is wrong.
func (t *Target) Root() *Finding {
	if worstOf(t.Findings) < Warning {
		return nil
	}
	return &t.Findings[0]
}

// Diagnose finds what is wrong with pods, reading through library what the rules ask for. The file may hold what is known
// already.
func Diagnose(ctx context.Context, library casefile.Library, file *casefile.File, rules []Rule) *Diagnosis {
	engine := newEngine(rules, file.Pods)
	diagnosis := &Diagnosis{}
	for {
		cases := engine.look(file)
		questions := engine.open(file, cases)
		if len(questions) == 0 || diagnosis.Rounds == maxRounds || ctx.Err() != nil {
			engine.conclude(diagnosis, file, cases)
			return diagnosis
		}
		diagnosis.Rounds++
		file = file.Gather(ctx, library, questions)
	}
}

// Glance finds what the status of pods tells by itself, without reading anything, and returns a target for each in their
// order. It is what fits into a cell of a table; Diagnose may find another cause behind it.
func Glance(pods []corev1.Pod, now time.Time, rules []Rule) []Target {
	file := casefile.New(pods, now)
	engine := newEngine(rules, pods)
	targets := make([]Target, 0, len(pods))
	for _, c := range engine.look(file) {
		targets = append(targets, engine.target(c))
	}
	return targets
}

// engine runs rules over the cases of one diagnosis.
type engine struct {
	rules []Rule
	knowledge
	alike deathsAlike
	logs  map[casefile.Question]bool
}

func newEngine(rules []Rule, pods []corev1.Pod) *engine {
	e := &engine{rules: rules, knowledge: know(rules), alike: deathsAlike{}, logs: map[casefile.Question]bool{}}
	for i := range pods {
		e.alike.add(&pods[i])
	}
	return e
}

// examined is a case and what the rules found in it.
type examined struct {
	*Case
	workload Workload
	findings []Finding
}

// look runs all rules over all pods that are not plainly well.
func (e *engine) look(file *casefile.File) []examined {
	cases := make([]examined, 0, len(file.Pods))
	for i := range file.Pods {
		pod := &file.Pods[i]
		c := newCase(file, pod, func(container string) *corev1.Pod { return e.alike.of(pod, container) })
		seen := examined{Case: c}
		if troubled(pod, file.TakenAt) || warned(c, len(file.Pods) == 1) {
			seen.workload = c.Workload()
			for _, rule := range e.rules {
				seen.findings = append(seen.findings, c.doubt(rule.Check(c))...)
			}
		}
		cases = append(cases, seen)
	}
	return cases
}

// open returns the questions that were asked and not put yet, in a stable order, within the budget of logs.
func (e *engine) open(file *casefile.File, cases []examined) []casefile.Question {
	var questions []casefile.Question
	seen := map[casefile.Question]bool{}
	for _, c := range cases {
		for _, question := range c.questions() {
			if seen[question] || file.Knows(question) {
				continue
			}
			seen[question] = true
			if question.Part == casefile.LogTail && !e.logs[question] {
				if len(e.logs) == maxLogs {
					continue
				}
				e.logs[question] = true
			}
			questions = append(questions, question)
		}
	}
	return questions
}

// conclude makes the diagnosis of what the rules found at last.
func (e *engine) conclude(diagnosis *Diagnosis, file *casefile.File, cases []examined) {
	diagnosis.File = file
	open := unknowns{}
	for _, c := range cases {
		open.add(c.Case)
		diagnosis.Targets = append(diagnosis.Targets, e.target(c))
	}
	SortTargets(diagnosis.Targets)
	diagnosis.Groups = group(diagnosis.Targets)
	diagnosis.Unknowns = open.sorted()
}

func (e *engine) target(c examined) Target {
	if c.workload == (Workload{}) {
		c.workload = c.Workload()
	}
	target := Target{Pod: c.Pod, Workload: c.workload, State: podstate.Why(c.Pod, c.Now())}
	target.Findings = e.complete(c)
	target.Verdict = judge(c.Pod, c.Now(), target.Findings)
	if target.Verdict != Healthy && !ready(c.Pod) {
		target.Since = troubledSince(c.Pod)
	}
	return target
}
