package logs_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/logs"
	"github.com/kubectl-podkit/podkit/pkg/internal/scenario"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// spoken is a scenario whose containers wrote something else.
type spoken struct {
	casefile.Library
	text string
}

func (s spoken) Log(context.Context, casefile.Question) casefile.Answer[casefile.Log] {
	log := casefile.Log{}
	for line := range strings.Lines(s.text) {
		log.Lines = append(log.Lines, casefile.LogLine{Text: strings.TrimSuffix(line, "\n")})
	}
	return casefile.Answered(log)
}

// ownFlags are what commands of this family begin words with by themselves. What a log says is never a flag of kubectl's.
var ownFlags = regexp.MustCompile(`^-(?:[ncAlof]$|-(?:list|force|previous)$|-(?:as|subresource|verb|resource|resource-name|role|clusterrole|serviceaccount)=)`)

// FuzzWords: whatever a container writes, a finding is whole, and its commands are those of the family: no word of the log
// becomes a flag, and none is empty.
func FuzzWords(f *testing.F) {
	all, err := scenario.Load("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for i, s := range all {
		for _, pod := range s.Pods() {
			for _, container := range pod.Spec.Containers {
				for _, previous := range []bool{false, true} {
					f.Add(uint8(i), textOf(s.Library().Log(f.Context(), casefile.LogOf(pod.Namespace, pod.Name, container.Name, previous))))
				}
			}
		}
	}
	for _, text := range []string{
		`pods is forbidden: User "--token=x" cannot --raw=/x resource "--all" in API group "-A" in the namespace "--context=x"`,
		`pods is forbidden: User "x" cannot list resource "--server=evil.example" in API group "" in the namespace "shop"`,
		`pods is forbidden: User "x" cannot list resource "pods" in API group "" in the namespace "--server=evil.example"`,
		`pods "a" is forbidden: User "system:serviceaccount:--x:--y" cannot list resource "pods/--log" in API group "" in the namespace "-n"`,
		`forbidden: User "x" cannot get path "--kubeconfig=/x"`,
		"dial tcp: lookup --raw=/x on 10.96.0.10:53: no such host", "dial tcp: lookup -l.shop.svc: no such host",
		"dial tcp --server=evil.example:5432: connect: connection refused",
		"dial tcp --raw:5432: connect: connection refused", "connect to --all.--context.svc:80: i/o timeout",
		"missing environment variable --list", "panic: required key --all missing value", "KeyError: '-A'",
	} {
		f.Add(uint8(0), text)
		f.Add(uint8(len(all)/2), text)
	}
	rules := logs.Rules()
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		s := all[int(which)%len(all)]
		found := diagnosis.Diagnose(t.Context(), spoken{s.Library(), text}, casefile.New(s.Pods(), s.Now()), rules)
		for _, target := range found.Targets {
			for _, finding := range target.Findings {
				scenario.CheckFinding(t, rules, finding)
				for _, remedy := range finding.Remedies {
					checkCommand(t, remedy.Command)
					checkGrant(t, target.Pod, remedy.Command.Words())
				}
			}
		}
	})
}

func textOf(answer casefile.Answer[casefile.Log]) string {
	var text strings.Builder
	for _, line := range answer.Value.Lines {
		text.WriteString(line.Text + "\n")
	}
	return text.String()
}

func checkCommand(t *testing.T, command shellword.Command) {
	t.Helper()
	if _, refusal := command.Line(); refusal != "" {
		return
	}
	for _, word := range command.Words() {
		if word == "" || strings.HasPrefix(word, "-") && !ownFlags.MatchString(word) {
			t.Errorf("the word %q of the log is a flag, or empty, in %s", word, command)
		}
	}
}

// BenchmarkLongLog reads a log of the largest size that is read, of the lines that cost most.
func BenchmarkLongLog(b *testing.B) {
	all, err := scenario.Load("testdata")
	if err != nil {
		b.Fatal(err)
	}
	line := strings.Repeat(`pods is forbidden: User "system:serviceaccount:a:b" cannot list resource "pods" `, 60) + "\n"
	log := spoken{all[0].Library(), strings.Repeat(line, 200)}
	for b.Loop() {
		diagnosis.Diagnose(b.Context(), log, casefile.New(all[0].Pods(), all[0].Now()), logs.Rules())
	}
}
