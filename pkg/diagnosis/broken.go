package diagnosis

import (
	"fmt"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
)

// try runs a rule over the case. One that panics finds nothing, and a finding says so in its place: objects that no API server
// has checked come in from recordings, and one pod of them must not take the answer about all others along.
func (c *examined) try(rule Rule) {
	defer func() {
		if cause := recover(); cause != nil {
			c.broken = append(c.broken, brokenRule(c.Case, rule, fmt.Sprint(cause)))
		}
	}()
	c.findings = append(c.findings, c.doubt(rule.Check(c.Case))...)
}

func brokenRule(c *Case, rule Rule, cause string) Finding {
	return Finding{
		ID: Unexplained, Severity: Warning, Confidence: Possible, Object: PodObject(c.Pod), Form: "broken",
		Args:     message.Args{"Rule": rule.Name, "Cause": cause},
		Evidence: []Evidence{{Source: Status, Field: "status.phase", Value: string(c.Pod.Status.Phase)}},
	}
}

// Broken is the error that a command ends with, after it has told all that was found, when a rule failed at a pod; nil when none
// did.
func Broken(targets []Target) error {
	var names []string
	for i := range targets {
		if targets[i].Broken {
			names = append(names, targets[i].Pod.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return message.Errorf(nil, "error.judged-in-part", message.Args{"Pods": strings.Join(names, ", "), "Count": len(names)})
}
